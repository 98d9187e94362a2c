"""Cost of attention against counts by loops, sibling formulas and a published ratio."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.formulas import context_cost, decode_batch, reuse


@given(st.integers(1, 300), st.integers(0, 320))
def test_attended_pairs_counted_one_by_one(context: int, window: int) -> None:
    pairs = sum(len(range(max(0, place - window + 1) if window else 0, place + 1)) for place in range(context))
    assert context_cost.attended_pairs(context, window) == pairs


def test_attention_operations_complete_the_prefill_of_a_dense_model() -> None:
    prefill = reuse.prefill_operations(5000, 8e9, 32, 32, 128)
    attention = context_cost.attention_operations(5000, 32, 128, 128, [32], [0])
    assert attention + 2 * 8e9 * 5000 == pytest.approx(prefill)


def test_token_attention_operations_complete_a_decoded_token() -> None:
    whole = decode_batch.token_operations(27e9, 32, 128, 9000, [10, 52], [0, 1024])
    attention = context_cost.token_attention_operations(9000, 32, 128, 128, [10, 52], [0, 1024])
    assert attention + 2 * 27e9 == pytest.approx(whole)


def test_token_attention_operations_are_what_a_token_adds_to_a_prefill() -> None:
    shape = (16, 192, 128, [3, 5], [0, 100])
    before, after = (context_cost.attention_operations(s, *shape) for s in (700, 701))
    assert after - before == context_cost.token_attention_operations(701, *shape)


def test_cost_of_a_token_as_published() -> None:
    # Liu et al. 2023, App. D: FLOPs of a data set grow as (6 h + s2) / (6 h + s1); GPT-3's width of 12,288 at
    # 3072 x 4096 tokens against 4096: "162.6x". Layers of 12 h^2 parameters, no causal mask.
    width, short, long = 12_288, 4096, 3072 * 4096
    costs = [
        2 * 12 * width**2 + context_cost.token_attention_operations(s, 1, width, width, [1], [0]) for s in (short, long)
    ]
    assert costs[1] / costs[0] == pytest.approx(162.6, abs=0.05)


def test_attention_share_by_hand() -> None:
    assert context_cost.attention_share(3, 1) == 0.75


def test_crossover_context_makes_both_parts_equal() -> None:
    # Llama 3.1 8B with its maker's 8 billion parameters: 8e9 / (32 * 32 * 256) = 30,518 tokens
    context = context_cost.crossover_context(8e9, 32, 32, 128, 128)
    assert context == pytest.approx(30_517.6, abs=0.05)
    assert context_cost.token_attention_operations(context, 32, 128, 128, [32], [0]) == pytest.approx(2 * 8e9)
    share = context_cost.attention_share(
        context_cost.attention_operations(2 * context, 32, 128, 128, [32], [0]), 2 * 8e9 * 2 * context
    )
    assert share == pytest.approx(0.5, abs=1e-4)


def test_cache_traffic_share_by_hand() -> None:
    assert context_cost.cache_traffic_share(16e9, 4, 4e9) == 0.5


def test_prefill_attention_share_by_its_parts() -> None:
    # Llama 3.1 8B at twice its crossover: one half, but for the diagonal
    assert context_cost.prefill_attention_share(61_035, 8e9, 32, 128, [32], [0]) == pytest.approx(0.5, abs=1e-4)


def test_token_attention_share_by_its_parts() -> None:
    assert context_cost.token_attention_share(30_517.578125, 8e9, 32, 128, [32], [0]) == pytest.approx(0.5)
