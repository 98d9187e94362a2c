"""What published trials of agents on Terminal-Bench say about their own errors: likeness of tasks, correlations."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from figures import paths
from figures.formulas import heterogeneous_answers, repeated_answers, score_differences, scores
from figures.measurements import harness
from figures.measurements.harness import RefusedError

Row = dict[str, float]
Submissions = dict[str, NDArray[np.bool_]]

RESULTS = paths.BUILD / "evaluation" / "terminal-bench-leaderboard" / "results"
SOURCE = "https://github.com/laude-institute/terminal-bench-leaderboard, commit 8e1925a, folder results"
DIGEST = "b18e911cf50e180c2b31e12204e1c97d0b2b62fc135566ab1cecbba30f3049d0"
FOLDER = paths.FIGURES / "evaluation_and_benchmarks"
TRIALS = 5
ENDS = ("*/*/*/results.json", "*/*/*_results.json", "*/*/results.json")  # of runs, not of single trials
SAME_AGENT, SAME_MODEL, NEITHER = 1, 2, 3


def submissions(folder: Path = RESULTS) -> Submissions:
    """For every submission of five trials of each task, whether each trial (column) of each task (row) succeeded.

    Raises:
        RefusedError: the files are not there, or are others.
    """
    files = sorted(file for ends in ENDS for file in folder.glob(ends))
    digest = hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()
    if digest != DIGEST:
        raise RefusedError(f"{paths.repository_path(folder)} is not what these numbers are about: get {SOURCE}")
    found: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        for one in json.loads(file.read_text(encoding="utf-8"))["results"]:
            found[file.relative_to(folder).parts[1]][one["task_id"]].append(one["is_resolved"] is True)
    return {name: table(tasks) for name, tasks in sorted(found.items()) if {*map(len, tasks.values())} == {TRIALS}}


def table(tasks: Mapping[str, Sequence[bool]]) -> NDArray[np.bool_]:
    """Trials (column) of each task (row), in the order of the tasks' names."""
    return np.array([trials for _, trials in sorted(tasks.items())])


def relation(first: str, second: str) -> int:
    """What two submissions, named by date, agent and model, have in common."""
    one, other = (name.replace(".", "-").split("_")[1:] for name in (first, second))
    if len(one) < 2 or len(other) < 2:
        return NEITHER
    return SAME_AGENT if one[0] == other[0] else SAME_MODEL if one[1] == other[1] else NEITHER


def alone(trials: NDArray[np.bool_]) -> Row:
    """Score of a submission, the two parts of its variance, and its standard errors."""
    tasks, each = trials.shape
    right = trials.sum(axis=1)
    score = float(trials.mean())
    twice = float(np.mean([repeated_answers.pass_hat_k(each, int(c), 2) for c in right]))
    within = float(trials.var(axis=1, ddof=1).mean())
    return {
        "score": round(score, 5),
        "between": round(float((right / each).var(ddof=1)) - within / each, 5),
        "within": round(within, 5),
        "likeness": round(heterogeneous_answers.likeness(score, twice), 4),
        "error": round(float((right / each).std(ddof=1)) / tasks**0.5, 5),
        "error_ignored": round(scores.score_error(score, tasks * each), 5),
    }


def pair(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> Row:
    """Difference of two submissions, its standard error in pairs of tasks, and the one that forgets the pairs."""
    one, other = first.mean(axis=1), second.mean(axis=1)
    error, others = (float(means.std(ddof=1)) / one.size**0.5 for means in (one, other))
    within = float((first.var(axis=1, ddof=1) + second.var(axis=1, ddof=1)).mean())
    return {
        "apart": round(float((one - other).var(ddof=1)) - within / first.shape[1], 5),
        "within": round(within, 5),
        "correlation": round(float(np.corrcoef(one, other)[0, 1]), 4),
        "difference": round(float(one.mean() - other.mean()), 5),
        "error": round(float((one - other).std(ddof=1)) / one.size**0.5, 5),
        "error_unpaired": round(score_differences.difference_error(error, others, 0), 5),
    }


def summary(singles: list[Row], pairs: list[Row]) -> Row:
    """Medians over submissions, and over pairs by what they have in common."""
    row: Row = {"submissions": len(singles), "pairs": len(pairs)}
    row["likeness"] = round(float(np.median([one["likeness"] for one in singles])), 4)
    row["likeness_low"], row["likeness_high"] = (choose(one["likeness"] for one in singles) for choose in (min, max))
    row["ignored"] = round(float(np.median([one["error"] / one["error_ignored"] for one in singles])), 4)
    row["unpaired"] = round(float(np.median([one["error_unpaired"] / one["error"] for one in pairs])), 4)
    for name, kind in (("agent", SAME_AGENT), ("model", SAME_MODEL), ("neither", NEITHER)):
        found = [one["correlation"] for one in pairs if one["relation"] == kind]
        row |= {f"pairs_{name}": len(found), f"correlation_{name}": round(float(np.median(found)), 4)}
        row |= {f"correlation_{name}_low": min(found), f"correlation_{name}_high": max(found)}
    return row


def measure(commit: str) -> None:
    """Read the trials and write what they say."""
    trials = submissions()
    names = list(trials)
    singles: list[Row] = [{"submission": number} | alone(trials[name]) for number, name in enumerate(names, 1)]
    pairs: list[Row] = [
        {"first": i + 1, "second": j + 1, "relation": relation(names[i], names[j])}
        | pair(trials[names[i]], trials[names[j]])
        for i, j in itertools.combinations(range(len(names)), 2)
    ]
    harness.write(
        {
            FOLDER / "terminal_pairs.csv": pairs,
            FOLDER / "terminal_summary.csv": [summary(singles, pairs)],
        },
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=1,
        warm_up=0,
        statistic="of published results; summary: medians over submissions or pairs",
        notes={
            "kind": "analysis of published results",
            "trials": f"runs of terminal-bench-core 0.1.1, {SOURCE}; submissions of {TRIALS} trials of each of "
            f"{next(iter(trials.values())).shape[0]} tasks; a trial without a result counts as failed",
            "columns": "between and within: variances of a task's rate, of a trial; likeness: of the beta distribution "
            "with the shares solved once and twice; error: of the score, tasks as units; error_ignored: all trials "
            "taken for independent; correlation: of two submissions' task means; error_unpaired: of the difference, "
            "without the correlation; apart: variance over tasks of the difference of two rates, within: of the "
            "difference of two trials of a task; ignored: error over error_ignored; unpaired: error_unpaired over "
            "error",
            "relation": f"{SAME_AGENT}: same agent, other model; {SAME_MODEL}: same model, other agent; "
            f"{NEITHER}: neither, or model not named",
            "submission": "; ".join(f"{number}: {name}" for number, name in enumerate(names, 1)),
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
