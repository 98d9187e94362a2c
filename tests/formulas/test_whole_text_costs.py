"""What a text in the prompt costs, and what retrieval costs, added up question by question."""

from __future__ import annotations

import pytest

from figures.formulas import whole_text_costs


def test_whole_text_cost_question_by_question() -> None:
    bill = 0.0
    for question in range(5):
        bill += 200_000 * (0.5 if question else 1.25) + 100 * 1.0 + 400 * 4.0
    assert whole_text_costs.whole_text_cost(5, 200_000, 100, 400, 1.25, 0.5, 1.0, 4.0) == pytest.approx(bill / 1e6)


def test_retrieval_cost_question_by_question() -> None:
    bill = 200_000 * 0.02 + sum((4000 + 100) * 1.0 + 400 * 4.0 for _ in range(5))
    assert whole_text_costs.retrieval_cost(5, 200_000, 4000, 100, 400, 0.02, 1.0, 4.0) == pytest.approx(bill / 1e6)


def test_break_even_text_equals_both_bills_in_the_long_run() -> None:
    text = whole_text_costs.break_even_text(4000, 1.0, 0.1)
    assert text == 40_000
    many = 10**7
    whole = whole_text_costs.whole_text_cost(many, text, 100, 400, 1.0, 0.1, 1.0, 4.0)
    retrieved = whole_text_costs.retrieval_cost(many, text, 4000, 100, 400, 0.02, 1.0, 4.0)
    assert whole == pytest.approx(retrieved, rel=1e-6)
