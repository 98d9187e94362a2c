"""The laboratory of alignment: every curve of the article on RLHF that is simulated or enumerated.

A simulation, not a measurement of a model. The same versions give the same numbers on every machine, but for the last
digits.
"""

from __future__ import annotations

import math

import numpy as np

from figures import paths
from figures.formulas import best_of_n, importance_ratios
from figures.lab.alignment import (
    gradients,
    lengths,
    mismatch,
    pairs,
    policies,
    proxies,
    staleness,
    stragglers,
    updates,
)
from figures.lab.alignment.best_of import best_of
from figures.measurements import harness

Row = dict[str, float]

SEED = 2026
FOLDER = paths.FIGURES / "rlhf_and_alignment"

# --- Policy gradients ---------------------------------------------------------------------------------------------
POLICY, REWARDS = np.array([0.5, 0.25, 0.2, 0.05]), np.array([0.0, 0.2, 0.5, 1.0])
SIZES = (2, 3, 4, 6, 8, 12, 16)

# --- Lengths: right and wrong, short and long ---------------------------------------------------------------------
ANSWERS, RIGHT, TOKENS = np.full(4, 0.25), np.array([1.0, 1.0, 0.0, 0.0]), np.array([100.0, 1000.0, 100.0, 1000.0])
GROUP, STEP, STEPS = 8, 0.05, 60
LOSSES = {"per_answer": 1, "per_group": 2, "constant": 3}

# --- Clipped updates ----------------------------------------------------------------------------------------------
CHANCES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
RULES = {
    "free": updates.unclipped,
    "clipped": updates.clipped(0.2),
    "higher": updates.clipped(0.28),
    "capped": updates.capped(0.28),
}
RATE, UPDATES = 0.05, 16

# --- Best of n ----------------------------------------------------------------------------------------------------
FEW, MANY = 10, 2000
SAMPLES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
PEAKED = 0.1  # probability of the best of many answers, in the policy that knows the answer

# --- Proxies ------------------------------------------------------------------------------------------------------
NOISE, FREEDOM, SHARE, BONUS, HARM = 0.7, 3, 0.001, 6.0, 2.0
WORLDS = {
    1: proxies.noisy("normal", NOISE, 14),
    2: proxies.noisy("student", NOISE, 40),
    3: proxies.exploitable(NOISE, SHARE, BONUS, HARM, 14),
}
PUSHES = (1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384)
TILTS = tuple(round(0.1 * k, 1) for k in range(22))

# --- Direct preference optimization -------------------------------------------------------------------------------
EIGHT = np.array([0.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 1.0])
PENALTY, PAIRS, REPEATS = 0.3, (300, 1000, 3000, 10_000, 30_000, 100_000), 40

# --- Stale samples ------------------------------------------------------------------------------------------------
LAGS = (0, 1, 2, 4, 8, 16)
RUNS = 12
STALE = staleness.Setting(tuple(EIGHT), 128, 40, 4, 0.2)

# --- A sampler that differs ---------------------------------------------------------------------------------------
NOISES, PREFIXES, LONG, SEQUENCES, VOCABULARY = (0.02, 0.05, 0.1), (16, 64, 256, 1024), 1024, 1000, 40
BAND, NARROW = 2.0, 1.001

# --- Stragglers ---------------------------------------------------------------------------------------------------
VARIATIONS, MEAN, LIMIT, BATCHES, PLACES, SPARE = (0.25, 0.5, 0.75, 1.0, 1.25), 1000.0, 16_000.0, 60, 256, 64
SAMPLER = stragglers.Sampler(PLACES, 10.0, 0.05)


def _tidy(number: float) -> float:
    """Five digits behind the point, and no negative zero."""
    return round(number, 5) + 0.0


def variances() -> list[Row]:
    """A row per size of the group: variance of a gradient estimate times the size, and how the mean points."""
    truth = policies.reward_gradient(POLICY, REWARDS)
    ways = {
        **gradients.WAYS,
        "best": gradients.fixed_baseline(gradients.best_baseline(POLICY, REWARDS)),
        "mean_reward": gradients.fixed_baseline(float(POLICY @ REWARDS)),
    }
    rows = []
    for size in SIZES:
        row: Row = {"size": size}
        for name, way in ways.items():
            mean, variance = gradients.moments(POLICY, REWARDS, size, way)
            along = float(mean @ truth)
            row[f"{name}_variance"] = round(variance * size, 5)
            row[f"{name}_noise"] = round(math.sqrt(variance) / float(np.linalg.norm(mean)), 4)
            row[f"{name}_length"] = round(along / float(truth @ truth), 4)
            row[f"{name}_cosine"] = round(along / float(np.linalg.norm(mean) * np.linalg.norm(truth)), 4)
        rows.append(row)
    return rows


def drifts() -> list[Row]:
    """A row per loss and step: share of right answers, and mean lengths."""
    rows: list[Row] = []
    for name, number in LOSSES.items():
        states = lengths.train(ANSWERS, RIGHT, TOKENS, GROUP, lengths.LOSSES[name], STEP, STEPS)
        for step, one in enumerate(states):
            row: Row = {"loss": number, "step": step, "right": round(one.right, 4)}
            rows.append(row | {"right_length": round(one.right_length, 1), "wrong_length": round(one.wrong_length, 1)})
    return rows


def clips() -> list[Row]:
    """A row per probability: how many times as probable the token is after all updates on its batch."""
    return [
        {"chance": chance}
        | {name: round(updates.run(chance, rule, RATE, UPDATES)[-1] / chance, 4) for name, rule in RULES.items()}
        for chance in CHANCES
    ]


def bests() -> list[Row]:
    """A row per n: exact divergence of best-of-n for three policies, and the bound."""
    few, many = np.full(FEW, 1 / FEW), np.full(MANY, 1 / MANY)
    peaked = np.full(MANY, (1 - PEAKED) / (MANY - 1))
    peaked[-1] = PEAKED
    rows = []
    for samples in SAMPLES:
        row: Row = {"samples": samples, "bound": round(best_of_n.kl_bound(samples), 5)}
        for name, policy in (("few", few), ("many", many), ("peaked", peaked)):
            best = best_of(policy, np.arange(float(policy.size)), samples)
            row[name] = _tidy(policies.divergence(best, policy))
        rows.append(row)
    return rows


def pushed() -> list[Row]:
    """A row per world, method and strength: divergence, proxy and true reward."""
    rows: list[Row] = []
    for number, world in WORLDS.items():
        cases = [(1, push, proxies.best_of(world, push)) for push in PUSHES]
        if number != 2:  # no tilt of a heavy tail exists without a bound of the proxy, and then it is that bound
            cases += [(2, strength, proxies.tilt(world, strength)) for strength in TILTS]
        for method, strength, found in cases:
            row: Row = {"world": number, "method": method, "strength": strength}
            row |= {"divergence": _tidy(found.divergence), "proxy": _tidy(found.proxy)}
            rows.append(row | {"gold": _tidy(found.gold)})
    return rows


def direct() -> list[Row]:
    """A row per number of labelled pairs: distance of the fitted policy to the regularized optimum."""
    reference = np.full(EIGHT.size, 1 / EIGHT.size)
    best = policies.tilted(reference, EIGHT, PENALTY)
    rows: list[Row] = []
    for number in PAIRS:
        rng = np.random.default_rng((SEED, number))
        found = [pairs.fit(reference, PENALTY, pairs.counts(EIGHT, number, rng)) for _ in range(REPEATS)]
        away = [float(np.abs(one - best).sum()) / 2 for one in found]
        lost = [
            policies.objective(best, reference, EIGHT, PENALTY) - policies.objective(one, reference, EIGHT, PENALTY)
            for one in found
        ]
        rows.append({"pairs": number, "distance": round(float(np.mean(away)), 6), "lost": float(np.mean(lost))})
    return rows


def stale() -> list[Row]:
    """A row per lag: expected reward at the end for each correction, mean and standard deviation over runs."""
    rows: list[Row] = []
    for lag in LAGS:
        row: Row = {"lag": lag}
        for name, way in staleness.WAYS.items():
            found = staleness.train(STALE, way, lag, RUNS, np.random.default_rng((SEED, lag)))
            row |= {name: round(float(found.mean()), 4), f"{name}_sd": round(float(found.std()), 4)}
        rows.append(row)
    return rows


def mismatched() -> list[Row]:
    """A row per noise and length: what the importance ratios leave."""
    rows: list[Row] = []
    for noise in NOISES:
        logs = mismatch.token_logs(LONG, SEQUENCES, VOCABULARY, noise, np.random.default_rng((SEED, int(1000 * noise))))
        deviation = float(logs.std())
        for tokens in PREFIXES:
            whole = logs[:, :tokens].sum(axis=1)
            rows.append(
                {
                    "noise": noise,
                    "tokens": tokens,
                    "deviation": round(deviation, 5),
                    "effective": round(mismatch.effective(whole), 4),
                    "computed": round(importance_ratios.effective_share(deviation, tokens), 4),
                    "token_kept": round(mismatch.kept(logs[:, :tokens].ravel(), 1 / BAND, BAND), 5),
                    "sequence_kept": round(mismatch.kept(whole, 1 / BAND, BAND), 4),
                    "mean_kept": round(mismatch.kept(whole / tokens, 1 / NARROW, NARROW), 4),
                }
            )
    return rows


def waits() -> list[Row]:
    """A row per spread of the lengths: time per batch and mean length of what is used, for three samplers."""
    rows: list[Row] = []
    for variation in VARIATIONS:
        rng = np.random.default_rng((SEED, int(100 * variation)))
        spread = math.sqrt(math.log(1 + variation**2))
        drawn = rng.lognormal(math.log(MEAN) - spread**2 / 2, spread, (BATCHES, PLACES + SPARE))
        drawn = np.minimum(drawn, LIMIT)
        exact = drawn[:, :PLACES]
        found = {
            "together": stragglers.together(SAMPLER, exact),
            "oversampled": stragglers.oversampled(SAMPLER, drawn, PLACES),
            "streamed": stragglers.streamed(SAMPLER, exact, PLACES),
        }
        row: Row = {"variation": variation, "longest": round(float(exact.max(axis=1).mean()), 1)}
        for name, one in found.items():
            row |= {f"{name}_time": round(one.time, 1), f"{name}_used": round(one.used / one.asked, 4)}
        rows.append(row)
    return rows


TABLES = {
    "gradient_variance.csv": variances,
    "length_drift.csv": drifts,
    "clipped_updates.csv": clips,
    "best_of_n.csv": bests,
    "overoptimization.csv": pushed,
    "direct_preference.csv": direct,
    "stale_samples.csv": stale,
    "mismatch.csv": mismatched,
    "stragglers.csv": waits,
}


def measure(commit: str) -> None:
    """Simulate everything and write the data files."""
    harness.write(
        {FOLDER / name: table() for name, table in TABLES.items()},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=1,
        warm_up=0,
        statistic="exact sums over all groups or answers, or means over the repetitions that a note names",
        notes={
            "kind": "simulation",
            "seed": str(SEED),
            "gradient_variance": f"four answers with probabilities {POLICY.tolist()} and rewards {REWARDS.tolist()}; "
            "variance: summed over components, times the size of the group; noise: root of the variance over the "
            "length of the mean; length: of the mean along the true gradient, over its own; cosine: with it",
            "length_drift": f"right and wrong answers of {TOKENS[0]:.0f} and {TOKENS[1]:.0f} tokens, a quarter each; "
            f"groups of {GROUP}; ascent in steps of length {STEP} of the logits; loss: 1 mean over an answer's tokens, "
            "standardized, 2 mean over the group's tokens, standardized, 3 sum over a constant, centred",
            "clipped_updates": f"{UPDATES} updates on one batch, step {RATE}; final over first probability; free: no "
            "clip; clipped: 0.2; higher: 0.28; capped: the ratio as a weight, at most 1.28",
            "best_of_n": f"few: {FEW} equally likely answers, many: {MANY}; peaked: {MANY}, the best with {PEAKED}",
            "overoptimization": f"true reward standard normal; world 1: normal noise of {NOISE}, 2: Student's with "
            f"{FREEDOM} degrees of freedom and that scale, 3: normal noise, and a share {SHARE} of answers with "
            f"{BONUS:g} more proxy and {HARM:g} less true reward; method 1: best of n, 2: tilt by e to strength times "
            "proxy",
            "direct_preference": f"eight equally likely answers, penalty {PENALTY}, means of {REPEATS} repetitions; "
            "distance: total variation; lost: value below that of the optimum",
            "stale_samples": f"eight answers, {STALE.samples} samples per batch, {STALE.batches} batches, "
            f"{STALE.updates} updates each, step {STALE.rate}; {RUNS} runs; clip {staleness.BOUND}, cap "
            f"{staleness.CAP}; lag in batches; sd: over runs",
            "mismatch": f"{SEQUENCES} answers, vocabulary {VOCABULARY}, logits of deviation 3; noise: standard "
            "deviation added to the sampler's; deviation: of a token's log ratio; effective: sample size over "
            f"samples; computed: its formula; kept: within 1/{BAND:g} to {BAND:g} for tokens and sequences, 1/{NARROW} "
            f"to {NARROW} for the geometric mean",
            "stragglers": f"log-normal lengths of mean {MEAN:g}, at most {LIMIT:g}; {BATCHES} batches of {PLACES}, "
            f"oversampled by {SPARE}; a decode step takes {SAMPLER.fixed:g} and {SAMPLER.each:g} per running answer; "
            "used: mean length of the answers used over that of all asked for",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
