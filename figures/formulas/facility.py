"""From the chip to the meter: overheads of a facility, and what energy costs and emits."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"\mathrm{PUE} = \frac{P_\mathrm{fac}}{P_\mathrm{IT}}",
    symbols={"facility": r"P_\mathrm{fac}", "equipment": r"P_\mathrm{IT}"},
)
def power_usage_effectiveness(facility: float, equipment: float) -> float:
    """Power usage effectiveness of a data centre.

    Args:
        facility (W): power of the facility, on average over a year.
        equipment (W): power of the IT equipment in it.

    Returns:
        (1) at least 1.

    Assumptions:
        Both are measured at the same time; a server's own fans and power supplies count as IT equipment.
    """
    return facility / equipment


@formula(
    latex=r"P_\mathrm{fac} = \mathrm{PUE}\, P_\mathrm{IT}",
    symbols={"effectiveness": r"\mathrm{PUE}", "equipment": r"P_\mathrm{IT}"},
)
def facility_power(effectiveness: float, equipment: float) -> float:
    """Power at the meter of a facility, from that of its equipment.

    Args:
        effectiveness (1): power usage effectiveness.
        equipment (W): power of the IT equipment in it.

    Returns:
        (W) power of the facility.

    Assumptions:
        The effectiveness holds at this load.
    """
    return effectiveness * equipment


@formula(
    latex=r"Y_{\mathcal{E}} = \mathcal{E}\, y_{\mathcal{E}}",
    symbols={"energy": r"\mathcal{E}", "price": r"y_{\mathcal{E}}"},
)
def energy_cost(energy: float, price: float) -> float:
    """What energy costs.

    Args:
        energy (J): energy at the meter.
        price (USD/J): price of energy.

    Returns:
        (USD) its cost.

    Assumptions:
        One price at all times; no charge for the peak of the power.
    """
    return energy * price


@formula(
    latex=r"y_{\mathcal{E}\mathrm{M}} = 10^6\, \mathcal{E}_\tau\, y_{\mathcal{E}}",
    symbols={"energy": r"\mathcal{E}_\tau", "price": r"y_{\mathcal{E}}"},
)
def million_tokens_cost(energy: float, price: float) -> float:
    """What the energy of a million tokens costs.

    Args:
        energy (J/token): energy of a token, at the meter.
        price (USD/J): price of energy.

    Returns:
        (USD) cost of the energy of a million tokens; the hardware is not in it.

    Assumptions:
        One price at all times; no charge for the peak of the power.
    """
    return 1e6 * energy * price


@formula(
    latex=r"m_\mathrm{CO_2} = \mathcal{E}\, \gamma_\mathrm{CO_2}",
    symbols={"energy": r"\mathcal{E}", "intensity": r"\gamma_\mathrm{CO_2}"},
)
def emissions(energy: float, intensity: float) -> float:
    """Greenhouse gases of the generation of energy.

    Args:
        energy (J): energy at the meter.
        intensity (kg/J): carbon dioxide equivalent per energy of the grid or contract.

    Returns:
        (kg) carbon dioxide equivalent.

    Assumptions:
        One intensity for all of the energy: an average, or the one at the time of use.
    """
    return energy * intensity


@formula(
    latex=r"m_\mathrm{emb} = m_\mathrm{dev}\, \frac{t}{t_\mathrm{life}\, u_\mathrm{life}}",
    symbols={
        "device": r"m_\mathrm{dev}",
        "time": "t",
        "lifetime": r"t_\mathrm{life}",
        "utilization": r"u_\mathrm{life}",
    },
)
def embodied_emissions(device: float, time: float, lifetime: float, utilization: float) -> float:
    """Share of the emissions of making a device that falls to a time of its use.

    Args:
        device (kg): carbon dioxide equivalent of making it.
        time (s): time for which it is used.
        lifetime (s): time from its purchase to its end.
        utilization (1): share of its lifetime in which it is used.

    Returns:
        (kg) carbon dioxide equivalent.

    Assumptions:
        Emissions are spread evenly over the time of use.
    """
    return device * time / (lifetime * utilization)


@formula(
    latex=r"V_\mathrm{w} = \frac{\mathcal{E}}{\mathrm{PUE}}\, \mathrm{WUE}",
    symbols={"energy": r"\mathcal{E}", "effectiveness": r"\mathrm{PUE}", "water": r"\mathrm{WUE}"},
)
def cooling_water(energy: float, effectiveness: float, water: float) -> float:
    """Water that a site consumes for an energy.

    Args:
        energy (J): energy at the meter.
        effectiveness (1): power usage effectiveness.
        water (m³/J): water usage effectiveness: water of the site per energy of the IT equipment.

    Returns:
        (m³) water consumed at the site; that of power stations is not in it.

    Assumptions:
        Both effectivenesses hold at this load and season.
    """
    return energy / effectiveness * water


@formula(
    latex=r"\gamma_\mathrm{CO_2} = \frac{m_\mathrm{CO_2}}{\mathcal{E}}",
    symbols={"emissions": r"m_\mathrm{CO_2}", "energy": r"\mathcal{E}"},
)
def implied_intensity(emissions: float, energy: float) -> float:
    """Emissions per energy that published totals imply.

    Args:
        emissions (kg): carbon dioxide equivalent.
        energy (J): energy that caused it.

    Returns:
        (kg/J) their quotient.

    Assumptions:
        Both totals have one boundary.
    """
    return emissions / energy
