"""Hit rates of caches that evict what was unused for longest (LRU)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from figures.formula import formula

CHE = "fricker2012{abstract}"


@formula(
    latex=r"h_i = 1 - e^{-\lambda_i t_\mathrm{c}}",
    symbols={"rate": r"\lambda_i", "time": r"t_\mathrm{c}"},
    sources=(CHE,),
)
def hit_probability(rate: float, time: float) -> float:
    """Probability that a request for one item finds it in an LRU cache (Che's approximation).

    Args:
        rate (1/s): requests for this item.
        time (s): characteristic time of the cache: how long an item stays that nobody asks for.

    Returns:
        (1) the probability that the item was asked for within the characteristic time.

    Assumptions:
        Requests for each item are a Poisson process, independent of all others; many items, each a small
        part of the cache, so that the time in which an unused item is evicted hardly varies.
    """
    return 1 - math.exp(-rate * time)


@formula(
    latex=r"C = \sum_i \left(1 - e^{-\lambda_i t_\mathrm{c}}\right)",
    symbols={"rates": r"\lambda_i", "time": r"t_\mathrm{c}"},
    sources=(CHE,),
)
def occupancy(rates: Sequence[float], time: float) -> float:
    """Different items that are asked for within a time, on average.

    Args:
        rates (1/s): requests for each item.
        time (s): how long one looks; the characteristic time of a cache is that for which the result
            is what the cache holds.

    Returns:
        (1) items.

    Assumptions:
        Requests for each item are a Poisson process, independent of all others.
    """
    return sum(1 - math.exp(-rate * time) for rate in rates)


@formula(
    latex=r"h = \frac{\sum_i \lambda_i \left(1 - e^{-\lambda_i t_\mathrm{c}}\right)}{\sum_i \lambda_i}",
    symbols={"rates": r"\lambda_i", "time": r"t_\mathrm{c}"},
    sources=(CHE,),
)
def hit_rate(rates: Sequence[float], time: float) -> float:
    """Share of requests that an LRU cache answers (Che's approximation).

    Args:
        rates (1/s): requests for each item.
        time (s): characteristic time of the cache.

    Returns:
        (1) hits over requests.

    Assumptions:
        Those of the hit probability of one item.
    """
    return sum(rate * (1 - math.exp(-rate * time)) for rate in rates) / sum(rates)


@formula(
    latex=r"\bar{n}_\mathrm{p} = n_0 + \frac{n_t + 1}{2}\, n_q + \frac{n_t - 1}{2}\, n_a",
    symbols={"shared": "n_0", "question": "n_q", "answer": "n_a", "turns": "n_t"},
)
def session_prompt(shared: float, question: float, answer: float, turns: int) -> float:
    """Tokens of a prompt of a conversation, on average over its turns.

    Args:
        shared (token): prefix that all requests share.
        question (token): what each turn adds to the prompt.
        answer (token): what the model answers to each turn.
        turns (1): requests of one conversation.

    Returns:
        (token) request k carries k questions and k − 1 answers.

    Assumptions:
        All turns have the same lengths; nothing is cut from the history.
    """
    return shared + (turns + 1) / 2 * question + (turns - 1) / 2 * answer


@formula(
    latex=r"\bar{n}_\mathrm{c} = \frac{n_t - 1}{2} \left(n_q + n_a\right)",
    symbols={"question": "n_q", "answer": "n_a", "turns": "n_t"},
)
def session_continued(question: float, answer: float, turns: int) -> float:
    """Tokens that a request can find of its own conversation, on average over the turns.

    Args:
        question (token): what each turn adds to the prompt.
        answer (token): what the model answers to each turn.
        turns (1): requests of one conversation.

    Returns:
        (token) request k can find k − 1 questions and answers.

    Assumptions:
        All turns have the same lengths; whole blocks.
    """
    return (turns - 1) / 2 * (question + answer)


@formula(
    latex=r"C = n_0 + \lambda \left( \bar{n}_\mathrm{c}\, \theta \left(1 - e^{-t_\mathrm{c} / \theta}\right)"
    r" + \bar{n}_\mathrm{e}\, t_\mathrm{c} \right)",
    symbols={
        "shared": "n_0",
        "rate": r"\lambda",
        "continued": r"\bar{n}_\mathrm{c}",
        "ended": r"\bar{n}_\mathrm{e}",
        "gap": r"\theta",
        "time": r"t_\mathrm{c}",
    },
)
def session_occupancy(shared: float, rate: float, continued: float, ended: float, gap: float, time: float) -> float:
    """Tokens that a prefix cache holds when it keeps what was used within a time.

    Args:
        shared (token): prefix that all requests share, such as the system prompt; always held.
        rate (1/s): requests, over all conversations.
        continued (token): tokens of a conversation beside the shared prefix once its turn is answered, summed
            over the turns that another turn follows, per request of any kind.
        ended (token): the same summed over last turns, per request of any kind.
        gap (s): mean time from one turn of a conversation to the next.
        time (s): how long unused tokens are kept: the characteristic time of the cache.

    Returns:
        (token) tokens held on average (Little's law: rate of arrival times time of stay).

    Assumptions:
        Turns follow each other after exponentially distributed gaps; conversations are independent and many;
        a turn that ends a conversation leaves its tokens until they are evicted.
    """
    return shared + rate * (continued * gap * (1 - math.exp(-time / gap)) + ended * time)


@formula(
    latex=r"h = \frac{n_0 + \bar{n}_\mathrm{c} \left(1 - e^{-t_\mathrm{c} / \theta}\right)}{\bar{n}_\mathrm{p}}",
    symbols={
        "shared": "n_0",
        "continued": r"\bar{n}_\mathrm{c}",
        "prompt": r"\bar{n}_\mathrm{p}",
        "gap": r"\theta",
        "time": r"t_\mathrm{c}",
    },
)
def session_hit_rate(shared: float, continued: float, prompt: float, gap: float, time: float) -> float:
    """Token hit rate of a prefix cache for conversations.

    Args:
        shared (token): prefix that all requests share and that is always held.
        continued (token): tokens of a conversation beside the shared prefix once its turn is answered, summed
            over the turns that another turn follows, per request of any kind.
        prompt (token): tokens of a prompt on average, shared prefix included.
        gap (s): mean time from one turn of a conversation to the next.
        time (s): characteristic time of the cache.

    Returns:
        (1) prompt tokens found in the cache over prompt tokens.

    Assumptions:
        Those of the occupancy; a conversation is evicted whole, and prompts are whole blocks.
    """
    return (shared + continued * (1 - math.exp(-time / gap))) / prompt
