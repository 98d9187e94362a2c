"""Context parallelism against sums over GPUs and published volumes."""

from __future__ import annotations

import pytest

from figures.formulas import context_parallel


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
