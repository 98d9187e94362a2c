"""The vocabulary's matrices against published counts, and by hand."""

from __future__ import annotations

import pytest

from figures.formulas import embeddings


def test_embedding_parameters_of_gpt2() -> None:
    # GPT-2 small: 50,257 tokens of width 768, tied: 38.6 million of its 124 million parameters.
    assert embeddings.embedding_parameters(1, 50_257, 768) == 38_597_376
    assert embeddings.embedding_parameters(2, 128_256, 4096) == 2 * 128_256 * 4096


def test_output_operations_and_output_share_by_hand() -> None:
    assert embeddings.output_operations(1000, 64) == 128_000
    # 64,000 entries beside 192,000 others: a quarter.
    assert embeddings.output_share(128_000, 192_000) == pytest.approx(0.25)
