"""Context parallelism against the table of Ring Attention and against sums over GPUs."""

from __future__ import annotations

import pytest

from figures.formulas import context_parallel


@pytest.mark.parametrize(("link", "block"), [(300e9, 1.0e3), (12.5e9, 24.96e3)])
def test_hiding_block_as_published(link: float, block: float) -> None:
    # Liu et al. 2023, Table 2: A100, 312 TFLOP/s, NVLink 300 GB/s: 1.0 thousand tokens; InfiniBand 12.5 GB/s, where
    # the table prints 24.5 and 312/12.5 is 24.96. Multi-head, two bytes, no mask: c >= F / B.
    found = context_parallel.hiding_block(2, 1, 1, 1, 312e12, link)
    assert found == pytest.approx(312e12 / link)
    assert found == pytest.approx(block, rel=0.05)


def test_hiding_block_balances_one_round() -> None:
    heads, groups, dim, share, rate, link = 64, 8, 128, 0.5, 400e12, 50e9
    block = context_parallel.hiding_block(2, groups, heads, share, rate, link)
    computing = 4 * share * block**2 * heads * dim / rate
    sending = 2 * block * 2 * groups * dim / link
    assert computing == pytest.approx(sending)


def test_ring_bytes_round_by_round() -> None:
    cache, gpus = 840.0, 7
    assert context_parallel.ring_bytes(gpus, cache) == sum(cache / gpus for _ in range(gpus - 1))


def test_head_exchange_bytes_pair_by_pair() -> None:
    # every GPU holds 1/G of the sequence and sends 1/G of the heads of it to each of the others; outputs come back
    cache, queries, gpus = 200.0, 1600.0, 4
    sent = sum((cache + queries) / gpus / gpus + queries / gpus / gpus for _ in range(gpus - 1))
    assert context_parallel.head_exchange_bytes(gpus, cache, queries) == pytest.approx(sent)
    # Jacobs et al. 2023, §3.2: 4 N h / P per link with as many KV heads as query heads, in elements
    many, width, length = 1000, 32, 5000.0
    assert context_parallel.head_exchange_bytes(many, 2 * length * width, length * width) == pytest.approx(
        4 * length * width / many, rel=2e-3
    )


def test_contiguous_excess_and_the_balance_of_mirrored_chunks() -> None:
    gpus, chunk = 4, 100
    consecutive = [sum(range(g * chunk, (g + 1) * chunk)) for g in range(gpus)]
    assert max(consecutive) / (sum(consecutive) / gpus) == pytest.approx(
        context_parallel.contiguous_excess(gpus), rel=0.01
    )
    half = chunk // 2
    pieces = [sum(range(i * half + 1, (i + 1) * half + 1)) for i in range(2 * gpus)]
    mirrored = [pieces[g] + pieces[2 * gpus - 1 - g] for g in range(gpus)]
    assert len(set(mirrored)) == 1


def test_decode_exchange_bytes_by_hand() -> None:
    assert context_parallel.decode_exchange_bytes(2, 128, 576, 512) == 2 * 128 * 1088


def test_hiding_prompt_is_a_block_for_each_gpu() -> None:
    assert context_parallel.hiding_prompt(32, 3120) == 99_840
