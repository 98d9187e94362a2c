"""What tokens do to the end of a prompt: exact probabilities of the next byte from probabilities of tokens.

A language model over tokens is any function from the tokens so far to the distribution of the next one. Texts are made
of the letters that the tokens are written with; every text has one canonical tokenization.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

Model = Callable[[tuple[str, ...]], Mapping[str, float]]


def covers(prefix: str, model: Model) -> Iterator[tuple[tuple[str, ...], float]]:
    """Token sequences that the model can write and that reach the end of ``prefix`` only with their last token."""
    waiting: list[tuple[tuple[str, ...], int, float]] = [((), 0, 1.0)]
    while waiting:
        tokens, reached, probability = waiting.pop()
        for token, chance in model(tokens).items():
            rest = prefix[reached:]
            if chance == 0 or not (token.startswith(rest) or rest.startswith(token)):
                continue
            longer = ((*tokens, token), reached + len(token), probability * chance)
            if longer[1] >= len(prefix):
                yield longer[0], longer[2]
            else:
                waiting.append(longer)


def prefix_probability(prefix: str, model: Model) -> float:
    """Probability that a text begins with ``prefix``: the sum over its covers."""
    return math.fsum(probability for _, probability in covers(prefix, model)) if prefix else 1.0


def next_letter(prefix: str, letters: Sequence[str], model: Model) -> dict[str, float]:
    """The exact distribution of the letter after ``prefix``."""
    total = prefix_probability(prefix, model)
    return {letter: prefix_probability(prefix + letter, model) / total for letter in letters}


def after_tokens(tokens: tuple[str, ...], letters: Sequence[str], model: Model) -> dict[str, float]:
    """The distribution of the next letter that sampling gives when ``tokens`` are taken as final."""
    following = model(tokens)
    return {letter: math.fsum(p for token, p in following.items() if token[0] == letter) for letter in letters}
