"""Recompute or reload against Mooncake's and DistServe's published numbers, by counting, and by their dimensions."""

from __future__ import annotations

from typing import Any

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import units
from figures.formulas import kv_cache, reuse, roofline

PARAMETERS, LAYERS, HEADS, HEAD_DIM = 70.6e9, 80, 64, 128  # of Llama-3-70B
GROWTH = kv_cache.growth_per_token(2, [80], [2 * 8 * 128], [0], [1])
A800, H800 = 8 * 312e12, 8 * 989e12  # FLOP/s as Mooncake's Table 1 has them for the first; dense BF16 of Hopper


def mooncake(prefix: int) -> float:
    """Operations by Mooncake's Eq. (1): l (a p² d + b p d²) with a = 4, b = 22, l = 80, d = 8192."""
    return 80 * (4 * prefix**2 * 8192 + 22 * prefix * 8192**2)


def operations(prefix: int) -> float:
    """Operations by our formula."""
    return reuse.prefill_operations(prefix, PARAMETERS, LAYERS, HEADS, HEAD_DIM)


def test_operations_counted_one_by_one() -> None:
    # 3 tokens, 10 parameters, 2 layers of 5 heads of 7: pairs (1,1) (2,1) (2,2) (3,1) (3,2) (3,3).
    pairs = sum(1 for asking in range(3) for asked in range(3) if asked <= asking)
    assert reuse.prefill_operations(3, 10, 2, 5, 7) == 2 * 10 * 3 + 4 * pairs * 2 * 5 * 7


def test_break_even_bandwidth_as_mooncake_prints_it() -> None:
    # Qin et al. 2025, §2.2: LLaMA3-70B, prefix of 8192 tokens: 6 GB/s on 8×A800, 19 GB/s on 8×H800.
    cache = GROWTH * 8192
    assert round(reuse.break_even_bandwidth(cache, mooncake(8192), A800) / 1e9) == 6
    assert round(reuse.break_even_bandwidth(cache, mooncake(8192), H800) / 1e9) == 19


def test_break_even_bandwidth_is_mooncakes_inequality() -> None:
    # Eq. (2): B / G > 2 d s / (gqa (a p d + b d²)), with s = 2 and gqa = 8.
    eq2 = A800 * 2 * 8192 * 2 / (8 * (4 * 8192 * 8192 + 22 * 8192**2))
    assert reuse.break_even_bandwidth(GROWTH * 8192, mooncake(8192), A800) == pytest.approx(eq2)


def test_our_operations_are_close_to_mooncakes() -> None:
    # Theirs rounds the weights of a layer to 11 d² (LLaMA3-70B has 12.75 d²) and does not use the causal mask.
    assert operations(8192) == pytest.approx(mooncake(8192), rel=0.1)


def test_distserve_transfer() -> None:
    # Zhong et al. 2024, §3.3: one request of 512 tokens on OPT-66B "approximately 1.13GB", at 10 requests/s
    # 11.3 GB/s, "90 Gbps". Their GB is a GiB: 64 layers of width 9216 in FP16.
    cache = kv_cache.cache_bytes(512, 2, [64], [2 * 9216], [0], [1])
    assert units.convert(cache, "B", "GiB") == pytest.approx(1.13, abs=0.005)
    load = reuse.transfer_bandwidth(10, 1.13e9)
    assert load == pytest.approx(11.3e9)
    assert units.convert(load, "B/s", "Gbit/s") == pytest.approx(90, abs=0.5)


def test_times_by_hand() -> None:
    assert reuse.recompute_time(1e15, 4e14) == 2.5
    assert reuse.reload_time(0.5, 40e9, 20e9) == 2.5
    assert reuse.reload_time(0, 40e9, 20e9) == roofline.transfer_time(40e9, 20e9)


def prefix(rate: float, bandwidth: float, latency: float) -> float:
    return reuse.break_even_prefix(GROWTH, PARAMETERS, LAYERS, HEADS, HEAD_DIM, rate, bandwidth, latency)


@given(st.floats(1e14, 1e16), st.floats(1e9, 1e12), st.floats(1e-4, 10))
def test_at_the_break_even_prefix_both_take_equally_long(rate: float, bandwidth: float, latency: float) -> None:
    tokens = prefix(rate, bandwidth, latency)
    pair = 2 * 80 * 64 * 128
    computed = (2 * 70.6e9 * tokens + pair * tokens * (tokens + 1)) / rate
    assert computed == pytest.approx(reuse.reload_time(latency, GROWTH * tokens, bandwidth), rel=1e-3)


def test_break_even_bandwidth_and_prefix_agree() -> None:
    slow = reuse.break_even_bandwidth(GROWTH * 8192, operations(8192), A800)
    assert prefix(A800, slow, 0) == pytest.approx(8192, rel=1e-6)
    assert prefix(A800, 100e9, 0) == 0
    # Twice the latency moves the break-even up.
    assert 0 < prefix(A800, 100e9, 0.01) < prefix(A800, 100e9, 0.02)


def test_dimensions() -> None:
    """Pint computes with units what the formulas declare; 2 and 4 are operations per token and pair of tokens."""
    registry: Any = pint.UnitRegistry()
    formulas: Any = reuse  # called with quantities, not with the numbers that it declares
    registry.define("token = [token]")
    second, byte, token = registry.second, registry.byte, registry.token
    rate, bandwidth = 1e15 / second, 1e11 * byte / second
    assert formulas.reload_time.function(0.01 * second, 1e9 * byte, bandwidth).is_compatible_with(second)
    assert formulas.recompute_time.function(1e15, rate).is_compatible_with(second)
    assert formulas.break_even_bandwidth.function(1e9 * byte, 1e15, rate).is_compatible_with(byte / second)
    assert formulas.transfer_bandwidth.function(10 / second, 1e9 * byte).is_compatible_with(byte / second)
    # Without units in the factors, growth × rate / bandwidth must have those of operations per token.
    assert (GROWTH * byte / token * rate / bandwidth * token).dimensionless


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_the_break_even_prefix_knows_no_unit_of_time_or_memory(seconds: float, memory: float) -> None:
    rescaled = reuse.break_even_prefix(
        GROWTH * memory, PARAMETERS, LAYERS, HEADS, HEAD_DIM, 1e15 / seconds, 1e11 * memory / seconds, 0.01 * seconds
    )
    assert rescaled == pytest.approx(prefix(1e15, 1e11, 0.01), rel=1e-6)
