"""Power of a rack and the ways by which its heat leaves."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"P_\mathrm{rack} = \frac{n_\mathrm{tray} (G_\mathrm{tray} P_\mathrm{dev} + P_\mathrm{tray})"
    r" + P_\mathrm{more}}{\eta_\mathrm{psu}}",
    symbols={
        "trays": r"n_\mathrm{tray}",
        "gpus": r"G_\mathrm{tray}",
        "rated": r"P_\mathrm{dev}",
        "overhead": r"P_\mathrm{tray}",
        "more": r"P_\mathrm{more}",
        "efficiency": r"\eta_\mathrm{psu}",
    },
)
def rack_power(trays: int, gpus: int, rated: float, overhead: float, more: float, efficiency: float) -> float:
    """Power that a rack draws from its feeds.

    Args:
        trays (1): nodes, or compute trays, in the rack.
        gpus (1): GPUs in each.
        rated (W): power of one GPU.
        overhead (W): power of one node beside its GPUs: processors, memory, network, fans.
        more (W): power of what else stands in the rack, such as switches.
        efficiency (1): what the power supplies deliver of what they take.

    Returns:
        (W) power at the input of the power supplies; all of it becomes heat.

    Assumptions:
        All parts draw their power at the same time.
    """
    return (trays * (gpus * rated + overhead) + more) / efficiency


@formula(
    latex=r"P_\mathrm{liq} = q_\mathrm{liq}\, P_\mathrm{rack}",
    symbols={"share": r"q_\mathrm{liq}", "power": r"P_\mathrm{rack}"},
)
def liquid_heat(share: float, power: float) -> float:
    """Heat that leaves a rack with the liquid.

    Args:
        share (1): share of the heat that cold plates take up.
        power (W): power of the rack.

    Returns:
        (W) heat in the liquid.

    Assumptions:
        Steady state.
    """
    return share * power


@formula(
    latex=r"P_\mathrm{air} = (1 - q_\mathrm{liq})\, P_\mathrm{rack}",
    symbols={"share": r"q_\mathrm{liq}", "power": r"P_\mathrm{rack}"},
)
def air_heat(share: float, power: float) -> float:
    """Heat that leaves a rack with the air.

    Args:
        share (1): share of the heat that cold plates take up.
        power (W): power of the rack.

    Returns:
        (W) what the liquid leaves.

    Assumptions:
        Steady state; nothing passes through the walls.
    """
    return (1 - share) * power
