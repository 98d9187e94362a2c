"""Requests, and seeded streams of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for: tokens of the prompt, and tokens that will be generated."""

    number: int
    arrival: float
    prompt: int
    answer: int

    def __post_init__(self) -> None:
        """Refuse requests that cannot be served.

        Raises:
            ValueError: saying which field and what it may be.
        """
        for field, value in (("prompt", self.prompt), ("answer", self.answer)):
            if value < 1:
                raise ValueError(f"request {self.number}: {field} is {value}; expected at least one token")
        if not 0 <= self.arrival < math.inf:
            raise ValueError(f"request {self.number}: arrival is {self.arrival}; expected seconds from 0 on")

    @property
    def need(self) -> int:
        """Tokens that its cache holds at most: the last token is not fed back."""
        return self.prompt + self.answer - 1


@dataclass(frozen=True, slots=True)
class Lengths:
    """Log-normal lengths in tokens, rounded, at least one.

    Attributes:
        mean: tokens on average.
        variation: standard deviation over mean; 0 makes all lengths equal.
    """

    mean: float
    variation: float = 0.0

    def draw(self, rng: np.random.Generator, count: int) -> list[int]:
        """``count`` independent lengths."""
        spread = math.log1p(self.variation**2)  # variance of the logarithm
        drawn = rng.lognormal(math.log(self.mean) - spread / 2, math.sqrt(spread), count)
        return [max(1, round(length)) for length in drawn.tolist()]


def poisson(count: int, rate: float, prompt: Lengths, answer: Lengths, seed: int) -> list[Request]:
    """``count`` requests that arrive as a Poisson process of ``rate`` per second.

    The same seed gives the same lengths, and arrivals that only stretch with the rate: load curves are smooth.
    """
    rng = np.random.default_rng(seed)
    gaps = rng.exponential(1.0, count)
    lengths = zip(prompt.draw(rng, count), answer.draw(rng, count), strict=True)
    arrivals = (np.cumsum(gaps) / rate).tolist()
    return [
        Request(number, arrival, *pair) for number, (arrival, pair) in enumerate(zip(arrivals, lengths, strict=True))
    ]
