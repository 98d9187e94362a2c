"""Experts in a slower tier with a cache of some of them in the faster memory."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"Q_\mathrm{miss} = (1 - h)\, w_\mathrm{e}\, L_\mathrm{m}\, E\, N_\mathrm{e}",
    symbols={
        "hit_rate": "h",
        "expert_bytes": r"w_\mathrm{e}",
        "moe_layers": r"L_\mathrm{m}",
        "touched": "E",
        "expert": r"N_\mathrm{e}",
    },
)
def missed_bytes(hit_rate: float, expert_bytes: float, moe_layers: int, touched: float, expert: float) -> float:
    """Bytes of experts that a step fetches from the slower tier.

    Args:
        hit_rate (1): share of the touched experts that the faster memory holds.
        expert_bytes (B): bytes of one parameter of an expert, scales included.
        moe_layers (1): layers with routed experts.
        touched (1): distinct routed experts that the tokens of the step touch, per layer.
        expert (1): parameters of one routed expert.

    Returns:
        (B) each missing expert once.

    Assumptions:
        Whole experts are fetched, and used in the step that fetched them.
    """
    return (1 - hit_rate) * expert_bytes * moe_layers * touched * expert


@formula(
    latex=r"C = \frac{R_1}{w_\mathrm{e}\, L_\mathrm{m}\, N_\mathrm{e}}",
    symbols={
        "room": "R_1",
        "expert_bytes": r"w_\mathrm{e}",
        "moe_layers": r"L_\mathrm{m}",
        "expert": r"N_\mathrm{e}",
    },
)
def cached_experts(room: float, expert_bytes: float, moe_layers: int, expert: float) -> float:
    """Experts of each layer that the faster memory has room for.

    Args:
        room (B): bytes that may hold experts.
        expert_bytes (B): bytes of one parameter of an expert, scales included.
        moe_layers (1): layers with routed experts.
        expert (1): parameters of one routed expert.

    Returns:
        (1) experts per layer, not rounded.

    Assumptions:
        The room is divided evenly among the layers.
    """
    return room / (expert_bytes * moe_layers * expert)


@formula(
    latex=r"h^{*} = \max\left( 0,\ 1 - \frac{\beta_2\, t}{w_\mathrm{e}\, L_\mathrm{m}\, E\, N_\mathrm{e}} \right)",
    symbols={
        "slow": r"\beta_2",
        "time": "t",
        "expert_bytes": r"w_\mathrm{e}",
        "moe_layers": r"L_\mathrm{m}",
        "touched": "E",
        "expert": r"N_\mathrm{e}",
    },
)
def hiding_hit_rate(
    slow: float, time: float, expert_bytes: float, moe_layers: int, touched: float, expert: float
) -> float:
    """Hit rate from which the fetched experts no longer lengthen a step, if they are known early enough.

    Args:
        slow (B/s): bandwidth of the link to the slower tier.
        time (s): time of the step without any fetches.
        expert_bytes (B): bytes of one parameter of an expert, scales included.
        moe_layers (1): layers with routed experts.
        touched (1): distinct routed experts that the tokens of the step touch, per layer.
        expert (1): parameters of one routed expert.

    Returns:
        (1) the share of hits at which the fetches take as long as the rest of the step.

    Assumptions:
        Fetches overlap with everything else, which takes a prediction of the experts of later layers.
    """
    return max(0, 1 - slow * time / (expert_bytes * moe_layers * touched * expert))
