"""Published trials of Terminal-Bench: small cases by hand, and what the committed data must satisfy."""

from __future__ import annotations

import itertools
import math
import statistics
from pathlib import Path

import numpy as np
import pytest

from figures.measurement import read
from figures.measurements import terminal_trials
from figures.measurements.harness import RefusedError
from figures.measurements.terminal_trials import FOLDER, NEITHER, SAME_AGENT, SAME_MODEL

PAIRS, SUMMARY = (read(FOLDER / f"terminal_{name}.csv") for name in ("pairs", "summary"))


def test_a_table_of_trials_is_in_the_order_of_the_tasks() -> None:
    found = terminal_trials.table({"b": [True, False], "a": [False, False]})
    assert found.tolist() == [[False, False], [True, False]]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("1_droid_gpt-5", "2_droid_claude-4-1-opus", SAME_AGENT),
        ("1_droid_claude-4-1-opus", "2_orchestrator_claude-4.1-opus", SAME_MODEL),
        ("1_droid_gpt-5", "2_goose_claude-4-opus", NEITHER),
        ("ob1-09-10-25", "1_droid_gpt-5", NEITHER),
    ],
)
def test_what_two_submissions_share(first: str, second: str, expected: int) -> None:
    assert terminal_trials.relation(first, second) == expected


def test_one_submission_by_hand() -> None:
    # Three tasks of two trials: both, one, none. Rates 1, ½, 0; within ½ in one of three; pass^2 is 1/3.
    row = terminal_trials.alone(np.array([[True, True], [True, False], [False, False]]))
    assert row["score"] == 0.5
    assert row["within"] == pytest.approx(1 / 6, abs=1e-5)
    assert row["between"] == pytest.approx(1 / 4 - 1 / 12, abs=1e-5)
    assert row["likeness"] == pytest.approx((1 / 2 - 1 / 3) / (1 / 3 - 1 / 4), abs=1e-4)
    assert row["error"] == pytest.approx(0.5 / math.sqrt(3), abs=1e-5)
    assert row["error_ignored"] == pytest.approx(0.5 / math.sqrt(6), abs=1e-5)


def test_a_pair_against_draws() -> None:
    # Rates p and p + 0.1 on the same tasks: nothing of the difference lies between tasks.
    rng = np.random.default_rng(7)
    rates = rng.uniform(0.1, 0.8, (20_000, 1))
    first, second = rng.random((20_000, 4)) < rates + 0.1, rng.random((20_000, 4)) < rates
    row = terminal_trials.pair(first, second)
    assert row["difference"] == pytest.approx(0.1, abs=0.01)
    assert row["apart"] == pytest.approx(0, abs=0.003)
    assert row["error"] ** 2 * 20_000 == pytest.approx(row["apart"] + row["within"] / 4, rel=1e-2)
    assert row["error"] < row["error_unpaired"]


def test_committed_rows_agree_with_each_other() -> None:
    assert SUMMARY.cell("submissions") == 13
    assert len(PAIRS.rows) == SUMMARY.cell("pairs") == 13 * 12 / 2
    # Differences of scores add up around every triangle of submissions.
    gaps = {(row["first"], row["second"]): row["difference"] for row in PAIRS.rows}
    for one, two, three in itertools.combinations(range(1, 14), 3):
        assert gaps[one, two] + gaps[two, three] == pytest.approx(gaps[one, three], abs=3e-5)
    for row in PAIRS.rows:
        assert row["error"] ** 2 * 80 == pytest.approx(row["apart"] + row["within"] / 5, rel=5e-3)
        assert row["error"] < row["error_unpaired"]  # all pairs correlate positively
    for name, kind in (("agent", SAME_AGENT), ("model", SAME_MODEL), ("neither", NEITHER)):
        found = sorted(row["correlation"] for row in PAIRS.rows if row["relation"] == kind)
        assert len(found) == SUMMARY.cell(f"pairs_{name}")
        assert statistics.median(found) == pytest.approx(SUMMARY.cell(f"correlation_{name}"), abs=1e-4)
        assert (found[0], found[-1]) == tuple(SUMMARY.cell(f"correlation_{name}_{end}") for end in ("low", "high"))


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="is not what these numbers are about: get https"):
        terminal_trials.submissions(tmp_path)
