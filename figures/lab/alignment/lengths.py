"""What the normalizer of a loss does to the length of answers: right and wrong ones, short and long ones.

The score of an answer is the sum of the scores of its tokens. A loss that weighs every token with A / length therefore
weighs the answer's score with A / length; one that divides by the tokens of the group, or by a constant, does not look
at the answer's own length. All groups are enumerated, so that no sampling noise hides the drift.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from figures.lab.alignment import gradients, policies

Array = NDArray[np.float64]
Weigh = Callable[[Array, Array], Array]
"""From advantages and lengths of a group to the weight of each answer's score."""


def per_answer(advantages: Array, lengths: Array) -> Array:
    """Mean over the tokens of an answer, then over answers (GRPO)."""
    return advantages / lengths / lengths.size


def per_group(advantages: Array, lengths: Array) -> Array:
    """Mean over all tokens of the group (DAPO)."""
    weights: Array = advantages / lengths.sum()
    return weights


def constant(advantages: Array, lengths: Array) -> Array:
    """Sum over tokens, over a constant (Dr. GRPO)."""
    return advantages / lengths.size


@dataclass(frozen=True, slots=True)
class Loss:
    """A normalizer, and whether advantages are divided by the standard deviation of the group."""

    weigh: Weigh
    standardized: bool


LOSSES = {
    "per_answer": Loss(per_answer, standardized=True),
    "per_group": Loss(per_group, standardized=True),
    "constant": Loss(constant, standardized=False),
}


def push(policy: Array, rewards: Array, lengths: Array, size: int, loss: Loss) -> Array:
    """Expected gradient of the logits over all groups of ``size`` answers."""
    total = np.zeros(policy.size)
    logs, table = np.log(policy), policies.scores(policy)
    advantage = gradients.normalized if loss.standardized else gradients.centred
    for counts in gradients.groups(policy.size, size):
        number = np.array(counts)
        ways = math.lgamma(size + 1) - sum(math.lgamma(count + 1) for count in counts)
        drawn = np.repeat(np.arange(policy.size), number)
        weights = loss.weigh(advantage(rewards[drawn]), lengths[drawn])
        total += math.exp(ways + float(number @ logs)) * (weights @ table[drawn])
    return total


@dataclass(frozen=True, slots=True)
class State:
    """Share of right answers, and mean lengths of the right and of the wrong ones."""

    right: float
    right_length: float
    wrong_length: float


def state(policy: Array, rewards: Array, lengths: Array) -> State:
    """What a policy does now."""
    right = policy * rewards
    wrong = policy - right
    return State(float(right.sum()), float(right @ lengths / right.sum()), float(wrong @ lengths / wrong.sum()))


def train(start: Array, rewards: Array, lengths: Array, size: int, loss: Loss, step: float, steps: int) -> list[State]:
    """States of gradient ascent; each step moves the logits by a vector of length ``step``.

    Steps of equal length make losses of different scale comparable.
    """
    logits = np.log(start)
    found = [state(start, rewards, lengths)]
    for _ in range(steps):
        gradient = push(policies.softmax(logits), rewards, lengths, size, loss)
        logits = logits + step * gradient / np.linalg.norm(gradient)
        found.append(state(policies.softmax(logits), rewards, lengths))
    return found
