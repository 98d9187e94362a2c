"""Benchmarks, arenas and judges simulated from known truths: coverage, power, bias and luck.

A simulation, not a measurement of a model: scores are drawn from a seed. The same versions give the same numbers on
every machine. Beside what was drawn stands what the formulas say.
"""

from __future__ import annotations

import math

import numpy as np

from figures import paths
from figures.formulas import judges, ratings, score_differences, scores, selection
from figures.lab.evaluation_statistics import answers, coverage, judging, leaderboard, pairs_of_models
from figures.measurements import harness

Row = dict[str, float]

SEED = 2026
CONFIDENCE = 0.95
FOLDER = paths.FIGURES / "evaluation_and_benchmarks"

# --- Intervals ----------------------------------------------------------------------------------------------------
SOLVED, GROUP, CORRELATION = 0.9, 5, 0.3
PROBLEMS = (10, 20, 30, 50, 100, 200, 500, 1000)
BENCHMARKS = 20_000
SHARES = 1_000_000  # of problems without groups, which are one draw each

# --- Power --------------------------------------------------------------------------------------------------------
FIRST, SECOND, SHARED = 0.73, 0.70, 0.5
POWER_PROBLEMS = (100, 200, 500, 1000, 2000, 5000)

# --- pass@k: a benchmark with many hard problems and some easy ones ------------------------------------------------
ANSWERS, TRIES = 20, (1, 2, 3, 5, 8, 10, 15, 20)
RIGHT = np.random.default_rng(SEED).beta(0.3, 0.9, 164)
RUNS = 4000

# --- Arena --------------------------------------------------------------------------------------------------------
AHEAD = (20, 100)
BATTLES = (100, 300, 1000, 3000, 10_000)
ARENAS, DRAWS = 300, 200

# --- Selection and ranks ------------------------------------------------------------------------------------------
EQUAL, VARIANTS, SIZES = 0.7, (1, 2, 3, 5, 10, 20, 30, 50, 100), (200, 500, 2000)
BOARD = np.linspace(0.80, 0.71, 10)  # ten models, a point apart
BOARD_PROBLEMS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)

# --- Judges -------------------------------------------------------------------------------------------------------
JUDGE, GOOD, JUDGED = judging.Judge(0.9, 0.75), 0.6, 5000
LABELS = (50, 100, 200, 400, 800, 1600)
WAYS = {"human": 1, "judge": 2, "corrected": 3, "rectified": 4, "assisted": 5}


def intervals() -> list[Row]:
    """A row per number of problems: share of the intervals that hold the truth."""
    rows: list[Row] = []
    for problems in PROBLEMS:
        rng = np.random.default_rng((SEED, problems))
        plain = [
            coverage.coverage(way, problems, SOLVED, CONFIDENCE, SHARES, rng)
            for way in (coverage.normal, coverage.wilson)
        ]
        groups = coverage.grouped(problems // GROUP, GROUP, SOLVED, CORRELATION, BENCHMARKS, rng)
        found = [coverage.grouped_coverage(groups, GROUP, SOLVED, CONFIDENCE, clustered=way) for way in (False, True)]
        names = ("normal", "wilson", "groups_ignored", "clustered")
        rows.append(
            {"problems": problems}
            | {name: round(share, 4) for name, share in zip(names, (*plain, *found), strict=True)}
        )
    return rows


def power() -> list[Row]:
    """A row per number of problems: how often the better of two models is found to be better."""
    rows: list[Row] = []
    for problems in POWER_PROBLEMS:
        rng = np.random.default_rng(SEED)
        errors = [
            math.sqrt(score_differences.difference_variance(FIRST, SECOND, rho) / problems) for rho in (SHARED, 0)
        ]
        computed = [score_differences.power(FIRST - SECOND, error, CONFIDENCE) for error in errors]
        both = pairs_of_models.cells(FIRST, SECOND, SHARED)
        paired = pairs_of_models.found_paired(both, problems, CONFIDENCE, BENCHMARKS, rng)
        unpaired = pairs_of_models.found_unpaired(FIRST, SECOND, problems, CONFIDENCE, BENCHMARKS, rng)
        found = {"paired": paired, "paired_computed": computed[0], "unpaired": unpaired}
        found |= {"unpaired_computed": computed[1]}
        rows.append({"problems": problems} | {name: round(share, 4) for name, share in found.items()})
    return rows


def passes() -> list[Row]:
    """A row per k: mean and standard deviation of three estimates of pass@k."""
    rows: list[Row] = []
    for tries in TRIES:
        rng = np.random.default_rng(SEED)
        row = {"tries": tries, "truth": round(answers.truth(RIGHT, tries), 5)}
        for name, found in zip(
            ("unbiased", "plug_in", "first"), answers.estimates(RIGHT, ANSWERS, tries, RUNS, rng), strict=True
        ):
            row |= {name: round(float(found.mean()), 5), f"{name}_sd": round(float(found.std()), 5)}
        rows.append(row)
    return rows


def arenas() -> list[Row]:
    """A row per lead and number of battles: bootstrap intervals of the difference of two ratings."""
    rows: list[Row] = []
    for ahead in AHEAD:
        win = ratings.win_probability(ahead)
        for battles in BATTLES:
            rng = np.random.default_rng(SEED)
            ends = []
            for wins in rng.binomial(battles, win, ARENAS):
                again = np.clip(rng.binomial(battles, wins / battles, DRAWS), 1, battles - 1)
                ends.append(np.percentile([ratings.rating_difference(w / battles) for w in again], (2.5, 97.5)))
            low, high = np.array(ends).T
            rows.append(
                {
                    "ahead": ahead,
                    "battles": battles,
                    "win_low": round(ratings.win_probability(float(np.median(low))), 4),
                    "win_high": round(ratings.win_probability(float(np.median(high))), 4),
                    "half_width": round(float(np.median(high - low)) / 2, 2),
                    "coverage": round(float(((low <= ahead) & (ahead <= high)).mean()), 3),
                    "computed_half_width": round(1.959964 * ratings.rating_error(win, battles), 2),
                }
            )
    return rows


def luck() -> list[Row]:
    """A row per size and number of variants: how far the best of equals is above its true score."""
    rows: list[Row] = []
    for size in SIZES:
        for variants in VARIANTS:
            rng = np.random.default_rng(SEED)
            best = leaderboard.best_of(variants, EQUAL, size, 0, RUNS, rng)
            computed = selection.luck_of_the_best(
                selection.largest_of_normals(variants), scores.score_error(EQUAL, size)
            )
            rows.append(
                {
                    "problems": size,
                    "variants": variants,
                    "luck": round(float(best.mean()) - EQUAL, 5),
                    "computed": round(computed, 5),
                }
            )
    return rows


def ranks() -> list[Row]:
    """A row per number of problems: what noise does to a leaderboard of ten models a point apart."""
    rows: list[Row] = []
    for problems in BOARD_PROBLEMS:
        distance, best, right = leaderboard.rank_changes(BOARD, problems, RUNS, np.random.default_rng(SEED))
        rows.append(
            {
                "problems": problems,
                "mean_distance": round(distance, 3),
                "best_wins": round(best, 4),
                "order_right": round(right, 4),
            }
        )
    return rows


def judged() -> list[Row]:
    """A row per number of labels and way to use a judge."""
    said = GOOD * JUDGE.sensitivity + (1 - GOOD) * (1 - JUDGE.specificity)
    both = score_differences.score_correlation(GOOD * JUDGE.sensitivity, GOOD, said)
    rows: list[Row] = []
    for labels in LABELS:
        found = judging.experiment(JUDGE, GOOD, JUDGED, labels, RUNS, np.random.default_rng(SEED))
        for name, number in WAYS.items():
            rows.append(
                {
                    "labels": labels,
                    "way": number,
                    "bias": round(found[name].bias(GOOD), 5),
                    "spread": round(found[name].spread, 5),
                    "coverage": round(found[name].coverage(GOOD, CONFIDENCE), 4),
                    "assisted_computed": round(judges.assisted_error(GOOD * (1 - GOOD), both, JUDGED, labels), 5),
                }
            )
    return rows


def measure(commit: str) -> None:
    """Simulate everything and write the data files."""
    harness.write(
        {
            FOLDER / "coverage.csv": intervals(),
            FOLDER / "power.csv": power(),
            FOLDER / "pass_at_k.csv": passes(),
            FOLDER / "arena.csv": arenas(),
            FOLDER / "selection.csv": luck(),
            FOLDER / "ranks.csv": ranks(),
            FOLDER / "judge_labels.csv": judged(),
        },
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=1,
        warm_up=0,
        statistic="shares, means and standard deviations over all repetitions of a case",
        notes={
            "kind": "simulation",
            "seed": str(SEED),
            "coverage": f"share of {SHARES} intervals of {CONFIDENCE:.0%} (in groups: of {BENCHMARKS}) that hold the "
            f"true score {SOLVED}; groups of {GROUP} problems, correlation {CORRELATION}",
            "power": f"share of {BENCHMARKS} comparisons whose {CONFIDENCE:.0%} interval lies above 0; true scores "
            f"{FIRST} and {SECOND}, correlation over common problems {SHARED}; computed: normal approximation",
            "pass_at_k": f"{RUNS} runs, {ANSWERS} answers to each of {RIGHT.size} problems, whose probabilities of a "
            "right answer are drawn from Beta(0.3, 0.9); unbiased: from all answers; plug_in: share of right ones in "
            "place of the probability; first: whether one of the first k is right; sd: standard deviation over runs",
            "arena": f"{ARENAS} arenas, {DRAWS} bootstrap samples each, medians of the ends of 95 % intervals of the "
            "difference of two ratings; ahead and half_width in points; computed: delta method",
            "selection": f"{RUNS} benchmarks, best score of variants that all truly solve {EQUAL}, less that",
            "ranks": f"{RUNS} benchmarks, ten models with true scores from {BOARD[0]:.2f} to {BOARD[-1]:.2f}; "
            "mean_distance: of a rank to the true one",
            "judge_labels": f"{RUNS} repetitions, true share {GOOD}, {JUDGED} answers that only the judge sees; it "
            f"calls {JUDGE.sensitivity:.0%} of the good answers good and {JUDGE.specificity:.0%} of the bad ones bad",
            "way": "1: labels alone; 2: judge alone; 3: Rogan and Gladen's correction; 4: judge plus its mean error on "
            "the labels; 5: labels plus the judge at the best weight",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
