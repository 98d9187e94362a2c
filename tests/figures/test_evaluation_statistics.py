"""The committed simulations of evaluations are a fresh run, and say what the article says of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import pytest

from figures.measurement import read
from figures.measurements import evaluation_statistics as simulation
from figures.measurements.evaluation_statistics import FOLDER, WAYS

COVERAGE, POWER, PASSES = (read(FOLDER / f"{name}.csv") for name in ("coverage", "power", "pass_at_k"))
ARENA, LUCK, RANKS, JUDGED = (read(FOLDER / f"{name}.csv") for name in ("arena", "selection", "ranks", "judge_labels"))


@pytest.mark.parametrize(
    ("file", "fresh", "constant", "values"),
    [
        ("coverage", simulation.intervals, "PROBLEMS", (30, 100)),
        ("power", simulation.power, "POWER_PROBLEMS", (500,)),
        ("pass_at_k", simulation.passes, "TRIES", (5,)),
        ("arena", simulation.arenas, "BATTLES", (300,)),
        ("selection", simulation.luck, "SIZES", (500,)),
        ("ranks", simulation.ranks, "BOARD_PROBLEMS", (1000,)),
        ("judge_labels", simulation.judged, "LABELS", (100,)),
    ],
)
def test_committed_rows_are_a_fresh_run(
    file: str,
    fresh: Callable[[], list[simulation.Row]],
    constant: str,
    values: tuple[int, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(simulation, constant, values)
    committed = read(FOLDER / f"{file}.csv").rows
    for row in fresh():
        assert any(dict(one) == pytest.approx(row, abs=1e-5, rel=1e-5) for one in committed), row


def test_intervals() -> None:
    assert all(0.92 < row["wilson"] < 0.98 for row in COVERAGE.rows)
    assert COVERAGE.cell("normal", problems=30) < 0.83
    assert COVERAGE.cell("groups_ignored", problems=1000) < 0.83 < 0.94 < COVERAGE.cell("clustered", problems=1000)
    assert COVERAGE.cell("clustered", problems=50) < 0.82  # ten groups are too few


@pytest.mark.parametrize("problems", [10, 20, 30, 50, 100, 200, 500])
def test_shares_are_covered_as_often_as_the_binomial_distribution_says(problems: int) -> None:
    truth, z = 0.9, NormalDist().inv_cdf(0.975)
    exact = {"normal": 0.0, "wilson": 0.0}
    for solved in range(problems + 1):
        share = solved / problems
        chance = math.comb(problems, solved) * truth**solved * (1 - truth) ** (problems - solved)
        for way, at in (("normal", share), ("wilson", truth)):
            exact[way] += chance * (abs(share - truth) <= z * math.sqrt(at * (1 - at) / problems))
    for way, found in exact.items():
        assert COVERAGE.cell(way, problems=problems) == pytest.approx(found, abs=1.5e-3)


def test_power_is_what_the_formula_says() -> None:
    for row in POWER.rows:
        assert row["paired"] == pytest.approx(row["paired_computed"], abs=0.01)
        assert row["unpaired"] == pytest.approx(row["unpaired_computed"], abs=0.01)


def test_only_the_plug_in_estimate_is_biased_and_using_all_answers_helps() -> None:
    for row in PASSES.rows:
        assert row["unbiased"] == pytest.approx(row["truth"], abs=1e-3)
        assert row["plug_in"] == pytest.approx(row["truth"], abs=1e-3) or row["plug_in"] < row["truth"] - 4e-3
        assert row["unbiased_sd"] < row["first_sd"] or row["tries"] == 20


def test_bootstrap_of_an_arena_agrees_with_the_delta_method() -> None:
    for row in ARENA.rows:
        assert row["half_width"] == pytest.approx(row["computed_half_width"], rel=0.04)
        assert 0.9 < row["coverage"] < 0.97


def test_luck_and_ranks() -> None:
    for row in LUCK.rows:
        assert row["luck"] == pytest.approx(row["computed"], abs=0.0025)
    assert RANKS.cell("best_wins", problems=500) == pytest.approx(0.535, abs=0.01)


@pytest.mark.parametrize("labels", simulation.LABELS)
def test_a_judge_alone_is_wrong_and_labels_with_it_beat_labels(labels: int) -> None:
    def cell(column: str, way: str) -> float:
        return JUDGED.cell(column, labels=labels, way=WAYS[way])

    assert cell("bias", "judge") == pytest.approx(0.04, abs=1e-3)
    assert cell("coverage", "judge") < 0.01
    assert abs(cell("bias", "assisted")) < 0.003
    assert cell("spread", "assisted") < cell("spread", "human") < cell("spread", "corrected")
    assert cell("spread", "assisted") == pytest.approx(cell("assisted_computed", "assisted"), rel=0.02)
