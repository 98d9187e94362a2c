"""Decode steps of a model whose weights lie partly in a slower tier of memory."""

from __future__ import annotations

from figures.formula import formula
from figures.formulas import decode, roofline


@formula(
    latex=r"\omega = \max\left( 0,\ 1 - \frac{R_1}{M_\mathrm{w}} \right)",
    symbols={"weights": r"M_\mathrm{w}", "room": "R_1"},
)
def offloaded_share(weights: float, room: float) -> float:
    """Share of the weights that a faster memory has no room for.

    Args:
        weights (B): bytes of all weights.
        room (B): bytes of the faster memory that may hold weights: without caches, activations and buffers.

    Returns:
        (1) bytes that must lie elsewhere over all bytes.

    Assumptions:
        Weights can be split anywhere.
    """
    return max(0, 1 - room / weights)


@formula(
    latex=r"t_\mathrm{str} = \max\left( \frac{M_\mathrm{w} + B\, M(S)}{\beta_1},\ \frac{\omega\, M_\mathrm{w}}{\beta_2}"
    r",\ \frac{F}{P_\mathrm{ach}} \right)",
    symbols={
        "weights": r"M_\mathrm{w}",
        "batch": "B",
        "cache": "M(S)",
        "share": r"\omega",
        "fast": r"\beta_1",
        "slow": r"\beta_2",
        "operations": "F",
        "rate": r"P_\mathrm{ach}",
    },
)
def streamed_step_time(
    weights: float, batch: int, cache: float, share: float, fast: float, slow: float, operations: float, rate: float
) -> float:
    """Least time of a decode step while a share of the weights streams in from a slower tier.

    Args:
        weights (B): bytes of the weights that the step reads.
        batch (1): sequences decoded together.
        cache (B): cache of one sequence, in the faster memory.
        share (1): share of these weights that lies in the slower tier and is brought anew for every step.
        fast (B/s): bandwidth of the faster memory.
        slow (B/s): bandwidth of the link to the slower tier.
        operations (FLOP): operations of the step.
        rate (FLOP/s): arithmetic rate that is achieved.

    Returns:
        (s) the longest of the three parts.

    Assumptions:
        Transfer, reading and arithmetic overlap perfectly; writing into the faster memory costs it nothing.
    """
    reading = roofline.transfer_time(decode.step_traffic(weights, batch, cache), fast)
    return max(reading, roofline.transfer_time(share * weights, slow), operations / rate)


@formula(
    latex=r"t_\mathrm{wait} = \max\left( \frac{M_\mathrm{w} + B\, M(S)}{\beta_1},\ \frac{F}{P_\mathrm{ach}} \right)"
    r" + \frac{\omega\, M_\mathrm{w}}{\beta_2}",
    symbols={
        "weights": r"M_\mathrm{w}",
        "batch": "B",
        "cache": "M(S)",
        "share": r"\omega",
        "fast": r"\beta_1",
        "slow": r"\beta_2",
        "operations": "F",
        "rate": r"P_\mathrm{ach}",
    },
)
def waiting_step_time(
    weights: float, batch: int, cache: float, share: float, fast: float, slow: float, operations: float, rate: float
) -> float:
    """Time of a decode step that waits for each layer's weights before it computes with them.

    Args:
        weights (B): bytes of the weights that the step reads.
        batch (1): sequences decoded together.
        cache (B): cache of one sequence, in the faster memory.
        share (1): share of these weights that lies in the slower tier and is brought anew for every step.
        fast (B/s): bandwidth of the faster memory.
        slow (B/s): bandwidth of the link to the slower tier.
        operations (FLOP): operations of the step.
        rate (FLOP/s): arithmetic rate that is achieved.

    Returns:
        (s) time of the step without offloading, and the transfer on top.

    Assumptions:
        One buffer: nothing is fetched while something is computed.
    """
    step = streamed_step_time(weights, batch, cache, 0, fast, slow, operations, rate)
    return step + roofline.transfer_time(share * weights, slow)


@formula(
    latex=r"t_\mathrm{loc} = \frac{(1 - \omega)\, M_\mathrm{w} + B\, M(S)}{\beta_1}"
    r" + \frac{\omega\, M_\mathrm{w}}{\beta_2}",
    symbols={
        "weights": r"M_\mathrm{w}",
        "batch": "B",
        "cache": "M(S)",
        "share": r"\omega",
        "fast": r"\beta_1",
        "slow": r"\beta_2",
    },
)
def local_step_time(weights: float, batch: int, cache: float, share: float, fast: float, slow: float) -> float:
    """Least time of a decode step in which each share of the weights is multiplied where it lies.

    Args:
        weights (B): bytes of the weights that the step reads.
        batch (1): sequences decoded together.
        cache (B): cache of one sequence, in the faster memory.
        share (1): share of these weights that lies in the slower memory, beside a processor of its own.
        fast (B/s): bandwidth of the faster memory.
        slow (B/s): bandwidth of the slower memory, for its own processor.

    Returns:
        (s) one after the other, since a layer needs the outputs of the layer before.

    Assumptions:
        Both parts are memory-bound; activations cross the link in no time.
    """
    here = decode.step_traffic((1 - share) * weights, batch, cache)
    return roofline.transfer_time(here, fast) + roofline.transfer_time(share * weights, slow)


@formula(
    latex=r"B_\omega = \frac{\omega\, w_\mathrm{p}\, P_\mathrm{ach}}{2\, \beta_2}",
    symbols={
        "share": r"\omega",
        "parameter_bytes": r"w_\mathrm{p}",
        "rate": r"P_\mathrm{ach}",
        "slow": r"\beta_2",
    },
)
def hiding_batch(share: float, parameter_bytes: float, rate: float, slow: float) -> float:
    """Batch from which the arithmetic of a step hides the weights that stream in.

    Args:
        share (1): share of the weights that streams in.
        parameter_bytes (B): bytes of one parameter.
        rate (FLOP/s): arithmetic rate that is achieved.
        slow (B/s): bandwidth of the link to the slower tier.

    Returns:
        (1) tokens of the step, not rounded: the batch at the ridge of the slower tier, times the share.

    Assumptions:
        A dense model; transfer and arithmetic overlap perfectly; the operations of attention are neglected.
    """
    return share * roofline.ridge_batch(roofline.ridge(rate, slow), parameter_bytes)


@formula(
    latex=r"\omega^{*} = \frac{\beta_2}{\beta_1}",
    symbols={"fast": r"\beta_1", "slow": r"\beta_2"},
)
def free_share(fast: float, slow: float) -> float:
    """Share of the weights that streams in while all of them are read from the faster memory.

    Args:
        fast (B/s): bandwidth of the faster memory.
        slow (B/s): bandwidth of the link to the slower tier.

    Returns:
        (1) share up to which offloading does not lengthen a memory-bound step.

    Assumptions:
        Transfer and reading overlap perfectly; the caches, which only help, are neglected.
    """
    return slow / fast
