"""The replayed hit rates are what their workloads and the approximation say."""

from __future__ import annotations

import pytest

from figures.measurement import read
from figures.measurements import prefix_hit_rate
from figures.measurements.prefix_hit_rate import AGENT, CHAT, WORKLOADS


def test_a_small_replay_is_near_the_approximation_and_ends_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefix_hit_rate, "WORKLOADS", {CHAT: WORKLOADS[CHAT]})
    monkeypatch.setattr(prefix_hit_rate, "CAPACITIES", (2**16, 2**20, 2**23))
    monkeypatch.setattr(prefix_hit_rate, "SEEDS", 2)
    rows = prefix_hit_rate.tables()
    assert [row["tokens"] for row in rows] == [2**16, 2**20, 2**23]
    for row in rows:
        assert row["hit_rate_q1"] <= row["hit_rate"] <= row["hit_rate_q3"]
        assert row["hit_rate"] == pytest.approx(row["che"], abs=0.03)
    assert rows[-1]["hit_rate"] == pytest.approx((512 + 2.5 * 512) / 1920, abs=0.005)
    assert rows == prefix_hit_rate.tables()


def test_the_agents_look_like_published_traces() -> None:
    # Qiao et al. 2026: 33 turns (median), 2,242 tokens per turn, input to output 131:1, growth from 12K to 80K.
    agent = WORKLOADS[AGENT]
    assert agent.turns == 33
    assert agent.question + agent.answer == pytest.approx(2242, rel=0.01)
    assert agent.prompt / agent.answer == pytest.approx(131, rel=0.1)
    assert agent.system + agent.turns * (agent.question + agent.answer) == pytest.approx(80_000, rel=0.1)
    # Their 94.2 % of reusable tokens is near the bound.
    assert agent.hit_rate(1e9) == pytest.approx(0.942, abs=0.03)


def test_committed_rows_are_a_fresh_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefix_hit_rate, "WORKLOADS", {CHAT: WORKLOADS[CHAT]})
    monkeypatch.setattr(prefix_hit_rate, "CAPACITIES", prefix_hit_rate.CAPACITIES[8:17:8])
    data = read(prefix_hit_rate.FOLDER / "prefix_hit_rate.csv")
    for row in prefix_hit_rate.tables():
        for column in ("hit_rate", "hit_rate_q1", "hit_rate_q3", "che"):
            assert data.cell(column, workload=CHAT, tokens=row["tokens"]) == pytest.approx(row[column], abs=1.1e-4)
