"""Cache formulas against published sizes and hand derivations."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.formulas import kv_cache

COUNTS = st.integers(min_value=1, max_value=256)


def test_uneven_elements_of_mimo_v2_flash() -> None:
    # A full layer: four keys of 192 and four values of 128; with one dimension it is head_elements.
    assert kv_cache.uneven_elements(4, 192, 128) == 4 * 192 + 4 * 128 == 1280
    assert kv_cache.uneven_elements(8, 128, 128) == kv_cache.head_elements(8, 128)


def test_head_elements_by_listing_them() -> None:
    keys_and_values = list(itertools.product(("key", "value"), range(8), range(128)))
    assert kv_cache.head_elements(8, 128) == len(keys_and_values)


def test_latent_elements_of_deepseek_v2() -> None:
    # DeepSeek-V2, §2.1.3: d_c = 4 d_h and d_r = d_h / 2 with d_h = 128, "equal to GQA with only 2.25 groups".
    elements = kv_cache.latent_elements(512, 64)
    assert elements == kv_cache.head_elements(1, 128) * 2.25


def test_cache_bytes_of_opt_13b_as_published() -> None:
    # Kwon et al. 2023, §3: "2 (key and value vectors) × 5120 (hidden state size) × 40 (number of layers) × 2
    # (bytes per FP16)" = 800 KB per token, up to 1.6 GB for 2048 tokens.
    per_token = kv_cache.cache_bytes(1, 2, [40], [2 * 5120], [0], [1])
    assert per_token == 800 * 1024
    assert kv_cache.cache_bytes(2048, 2, [40], [2 * 5120], [0], [1]) == pytest.approx(1.6e9, rel=0.05)


def test_window_stops_the_growth() -> None:
    at_window, later = (kv_cache.cache_bytes(s, 2, [3, 1], [10, 10], [4, 0], [1, 1]) for s in (4, 9))
    assert at_window == 2 * 4 * 10 * 4
    assert later - at_window == 2 * 1 * 10 * 5


@given(st.integers(1, 10**6), COUNTS, COUNTS, st.integers(0, 5000))
def test_cache_bytes_equals_a_token_by_token_count(context: int, layers: int, elements: int, window: int) -> None:
    kept = len(range(max(0, context - window) if window else 0, context))
    assert kv_cache.cache_bytes(context, 2, [layers], [elements], [window], [1]) == 2 * layers * elements * kept


@given(st.integers(5000, 10**6), COUNTS, COUNTS, st.integers(1, 5000))
def test_growth_is_the_slope_beyond_the_window(context: int, full: int, windowed: int, window: int) -> None:
    shape = (2, [full, windowed], [64, 32], [0, window], [1, 1])
    slope = kv_cache.cache_bytes(context + 1, *shape) - kv_cache.cache_bytes(context, *shape)
    assert kv_cache.growth_per_token(*shape) == slope


def test_compressed_layers_as_published() -> None:
    # vLLM team 2026, "Arithmetic behind the estimates for the 8.7x savings", BF16, 2^20 tokens: a c4a layer takes
    # (128 + 2^20/4) × 1,024 B and (2^20/4) × 256 B, "about 320.1 MiB"; a c128a layer "≈ 8.1 MiB"; 30 and 31 of
    # them "about 9.62 GiB".
    tokens = 1_048_576
    c4a = kv_cache.cache_bytes(tokens, 2, [1, 1, 1], [512, 512, 128], [128, 0, 0], [1, 4, 4])
    c128a = kv_cache.cache_bytes(tokens, 2, [1, 1], [512, 512], [128, 0], [1, 128])
    assert c4a / 2**20 == pytest.approx(320.1, abs=0.05)
    assert c128a / 2**20 == pytest.approx(8.1, abs=0.05)
    assert (30 * c4a + 31 * c128a) / 2**30 == pytest.approx(9.62, abs=0.005)


def test_a_state_is_a_window_of_one_token() -> None:
    state = kv_cache.state_elements(4, 3, 5)
    assert state == 60
    assert {kv_cache.cache_bytes(s, 2, [7], [60], [1], [1]) for s in (1, 10, 1000)} == {2 * 7 * 60}


def test_head_intensity_counted_by_hand() -> None:
    # One cached position of one layer, 64 query and 8 KV heads of dimension 128 in 2-byte elements:
    # scores and weighted values cost 2 operations per query head and dimension each.
    operations = 2 * (2 * 64 * 128)
    read = 2 * (2 * 8 * 128)
    assert kv_cache.head_intensity(64, 8, 2) == operations / read == 8


def test_latent_intensity_counted_by_hand() -> None:
    # One cached position: scores over the latent and the rotary key, values over the latent, 128 heads.
    operations = 2 * 128 * (512 + 64) + 2 * 128 * 512
    read = 2 * (512 + 64)
    assert kv_cache.latent_intensity(128, 512, 64, 2) == operations / read
    assert kv_cache.latent_intensity(128, 512, 64, 2) == pytest.approx(242, abs=0.5)


def test_sequences_that_fit_by_hand() -> None:
    # Two GPUs of 80 B of which 0.9 may be used, 2 B reserve each: 2·(72 − 2) − 100 = 40 B for caches of 15 B.
    assert kv_cache.sequences_that_fit(2, 80, 0.9, 100, 2, 15) == 2


def test_cache_room_by_hand() -> None:
    assert kv_cache.cache_room(2, 80, 0.9, 100, 2) == 40


def test_tokens_that_fit_as_logged() -> None:
    # vLLM's documentation on quantized caches: Qwen3-4B (36 layers, 8 KV heads of 128) in 11.47 GiB holds 83,488
    # tokens in BF16. 11.47 is rounded, and vLLM hands out whole blocks of 16 tokens.
    growth = kv_cache.growth_per_token(2, [36], [2 * 8 * 128], [0], [1])
    assert kv_cache.tokens_that_fit(11.47 * 2**30, growth) == pytest.approx(83_488, rel=0.0005)


def test_added_bytes_by_listing_tokens() -> None:
    assert kv_cache.added_bytes(16, 320) == sum(320 for _ in range(16))


@given(st.integers(1, 50), st.integers(50, 300), st.integers(1, 4096))
def test_full_layers_hold_more_beyond_the_crossing(full: int, windowed: int, window: int) -> None:
    crossing = kv_cache.window_crossing(full, windowed, window)
    assert full * (crossing + 1) > windowed * min(crossing + 1, window)
    assert full * (crossing - 1) < windowed * min(crossing, window)


def test_recompute_factor_by_hand() -> None:
    # A prompt of 2 and an answer of 3 run 2 + 3 + 4 positions without a cache, 2 + 1 + 1 with one.
    assert kv_cache.recompute_factor(2, 3) == 9 / 4


def test_copied_bytes_by_hand() -> None:
    assert kv_cache.copied_bytes(3.0, 8) == 24.0


def test_nothing_fits_when_the_weights_do_not() -> None:
    assert kv_cache.sequences_that_fit(1, 80, 0.9, 100, 0, 1) == 0


@pytest.mark.parametrize(
    ("layers", "elements", "published"),
    [(27, 576, 15.6e3), (60, 576, 34.6e3)],  # DeepSeek-V2, Table 9: small and large MoE with MLA, elements per token
)
def test_latent_growth_as_published(layers: int, elements: int, published: float) -> None:
    assert kv_cache.growth_per_token(1, [layers], [elements], [0], [1]) == pytest.approx(published, rel=0.005)


def test_copies_by_hand() -> None:
    assert [kv_cache.tensor_parallel_copies(8, heads) for heads in (1, 2, 8, 16)] == [8, 4, 1, 1]


@given(st.integers(1, 300), st.integers(1, 300))
def test_positions_by_listing_every_step(prompt: int, answer: int) -> None:
    assert kv_cache.positions_without_cache(prompt, answer) == sum(prompt + i for i in range(answer))
    assert kv_cache.positions_with_cache(prompt, answer) == prompt + sum(1 for _ in range(answer - 1))


def test_head_dimension_by_hand() -> None:
    assert kv_cache.head_dimension(8192, 64) == 128


def test_stored_bits_as_published() -> None:
    # FlashMLA's note on its FP8 cache: 656 bytes per token and layer are 512 FP8 values, 4 FP32 scales, 64 BF16 values.
    latent = kv_cache.stored_bits(8, 32, 128) / 8
    assert 512 * latent + 64 * 2 == 656


def test_gpus_that_hold_is_the_inverse_of_sequences_that_fit() -> None:
    # 140 GB of weights and 10 caches of 2.5 GB on GPUs of which 69 GB can be used: 165 GB need three.
    assert kv_cache.gpus_that_hold(140e9, 10, 2.5e9, 0.9, 80e9, 3e9) == 3
    fit = kv_cache.sequences_that_fit(3, 80e9, 0.9, 140e9, 3e9, 2.5e9)
    assert kv_cache.gpus_that_hold(140e9, fit, 2.5e9, 0.9, 80e9, 3e9) == 3
    assert kv_cache.gpus_that_hold(140e9, fit + 1, 2.5e9, 0.9, 80e9, 3e9) == 4
