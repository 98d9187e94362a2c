"""Selected attention against the counts that its papers print."""

from __future__ import annotations

import pytest

from figures.formulas import selected_attention


@pytest.mark.parametrize(
    ("context", "tokens", "gain"), [(8192, 2046, 4.0), (16_384, 2558, 6.4), (32_768, 3582, 9.1), (65_536, 5630, 11.6)]
)
def test_native_sparse_tokens_as_published(context: int, tokens: int, gain: float) -> None:
    # Yuan et al. 2025, §5.2 and Table 4: at most floor((s - l) / d) + n l' + w with l = 32, d = 16, n = 16, l' = 64,
    # w = 512; "expected speedup" of 4, 6.4, 9.1 and 11.6.
    found = selected_attention.native_sparse_tokens(context, 32, 16, 16, 64, 512)
    assert found == tokens
    assert context / found == pytest.approx(gain, abs=0.05)


def test_block_sparsity_as_published() -> None:
    # Lu et al. 2025, §3.1 and §3.3: block 512, top 3: 81.25 % at 8K, 95.31 % at 32K; block 4,096, top 12: 95.31 % at 1M
    assert selected_attention.block_sparsity(8192, 3, 512) == 0.8125
    assert selected_attention.block_sparsity(32_768, 3, 512) == pytest.approx(0.9531, abs=5e-5)
    assert selected_attention.block_sparsity(2**20, 12, 4096) == pytest.approx(0.9531, abs=5e-5)


def test_selection_bytes_of_deepseek_v3_2_by_hand() -> None:
    # a layer: 2,048 of 131,072 tokens with 576 two-byte elements, and 128 one-byte elements of every token
    assert selected_attention.selection_bytes(131_072, 2048, 1152, 128) == 2048 * 1152 + 131_072 * 128
    assert selected_attention.selection_bytes(1000, 2048, 1152, 128) == 1000 * (1152 + 128)


def test_index_crossing_by_hand() -> None:
    crossing = selected_attention.index_crossing(2048, 1152, 128)
    assert crossing == 18_432
    assert selected_attention.selection_bytes(crossing, 2048, 1152, 128) == 2 * 2048 * 1152


def test_index_operations_by_hand() -> None:
    assert selected_attention.index_operations(131_072, 64, 128, 1) == 2 * 64 * 128 * 131_072
    assert selected_attention.index_operations(131_072, 64, 128, 4) == 2 * 64 * 128 * 32_768


def test_index_operations_crossing_by_hand() -> None:
    # absorbed MLA: scores over 576 dimensions, values over 512, 128 heads, 2,048 tokens
    crossing = selected_attention.index_operations_crossing(2048, 128, 576, 512, 64, 128)
    assert crossing == 34_816
    assert selected_attention.index_operations(crossing, 64, 128, 1) == 2 * 128 * (576 + 512) * 2048
