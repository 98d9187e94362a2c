"""What carries heat away: flow of the coolant, and the power of fans and pumps."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"\dot{V} = \frac{P_\mathrm{tot}}{\varrho\, c_\mathrm{p}\, \Delta_\vartheta}",
    symbols={
        "power": r"P_\mathrm{tot}",
        "density": r"\varrho",
        "heat_capacity": r"c_\mathrm{p}",
        "rise": r"\Delta_\vartheta",
    },
)
def coolant_flow(power: float, density: float, heat_capacity: float, rise: float) -> float:
    """Flow of a coolant that carries away a power.

    Args:
        power (W): power that it takes up.
        density (kg/m³): density of the coolant.
        heat_capacity (J/(kg·°C)): its specific heat capacity.
        rise (°C): by how much it is warmer when it leaves.

    Returns:
        (m³/s) volume per time.

    Assumptions:
        Steady state; all of the power goes into the coolant, which neither boils nor condenses.
    """
    return power / (density * heat_capacity * rise)


@formula(
    latex=r"\Delta_\vartheta = \frac{P_\mathrm{tot}}{\varrho\, c_\mathrm{p}\, \dot{V}}",
    symbols={
        "power": r"P_\mathrm{tot}",
        "density": r"\varrho",
        "heat_capacity": r"c_\mathrm{p}",
        "flow": r"\dot{V}",
    },
)
def coolant_rise(power: float, density: float, heat_capacity: float, flow: float) -> float:
    """By how much a coolant is warmer when it leaves.

    Args:
        power (W): power that it takes up.
        density (kg/m³): density of the coolant.
        heat_capacity (J/(kg·°C)): its specific heat capacity.
        flow (m³/s): volume per time.

    Returns:
        (°C) outlet less inlet.

    Assumptions:
        Those of the flow.
    """
    return power / (density * heat_capacity * flow)


@formula(
    latex=r"\vartheta_\mathrm{out} = \vartheta_\mathrm{c} + \Delta_\vartheta",
    symbols={"coolant": r"\vartheta_\mathrm{c}", "rise": r"\Delta_\vartheta"},
)
def outlet_temperature(coolant: float, rise: float) -> float:
    """Temperature at which a coolant leaves.

    Args:
        coolant (°C): temperature at which it arrives.
        rise (°C): by how much it is warmer when it leaves.

    Returns:
        (°C) temperature of the outlet; the last of several chips in a row meets this one.

    Assumptions:
        Steady state.
    """
    return coolant + rise


@formula(
    latex=r"P_\mathrm{flow} = \frac{\dot{V}\, \Delta_p}{\eta_\mathrm{flow}}",
    symbols={"flow": r"\dot{V}", "pressure": r"\Delta_p", "efficiency": r"\eta_\mathrm{flow}"},
)
def flow_power(flow: float, pressure: float, efficiency: float) -> float:
    """Power of a fan or pump that moves a coolant.

    Args:
        flow (m³/s): volume per time.
        pressure (Pa): pressure that it has to overcome.
        efficiency (1): useful share of the power, motor included.

    Returns:
        (W) electric power.

    Assumptions:
        Incompressible flow.
    """
    return flow * pressure / efficiency


@formula(
    latex=r"P_\mathrm{flow} = P_{\mathrm{flow},0}\, q_\mathrm{fan}^3",
    symbols={"reference": r"P_{\mathrm{flow},0}", "speed": r"q_\mathrm{fan}"},
)
def fan_power(reference: float, speed: float) -> float:
    """Power of a fan at another speed.

    Args:
        reference (W): power at a reference speed.
        speed (1): speed over the reference speed.

    Returns:
        (W) electric power.

    Assumptions:
        The fan laws: flow grows with the speed, pressure with its square, at constant efficiency and in the same duct.
    """
    return reference * speed**3


@formula(
    latex=r"P_\mathrm{chl} = \frac{P_\mathrm{tot}}{\mathrm{COP}}",
    symbols={"heat": r"P_\mathrm{tot}", "performance": r"\mathrm{COP}"},
)
def compressor_power(heat: float, performance: float) -> float:
    """Power of the compressor that lifts heat to a higher temperature.

    Args:
        heat (W): heat that is taken from the cold side.
        performance (1): coefficient of performance: heat from the cold side over electric power.

    Returns:
        (W) electric power.

    Assumptions:
        One coefficient at all loads and weathers; pumps and fans are not in it.
    """
    return heat / performance


@formula(
    latex=r"\mathrm{COP}^{*} = \frac{P_\mathrm{tot}}{\Delta P_\mathrm{lk}}",
    symbols={"heat": r"P_\mathrm{tot}", "leakage": r"\Delta P_\mathrm{lk}"},
)
def even_performance(heat: float, leakage: float) -> float:
    """Coefficient of performance at which cold and warm coolant take the same power.

    Args:
        heat (W): heat of the chip with the cold coolant.
        leakage (W): what the chip leaks more with the warm one, which needs no compressor.

    Returns:
        (1) above it the compressor takes less than it saves.

    Assumptions:
        The chip does the same work at both; its further heat costs nothing to remove without a compressor.
    """
    return heat / leakage
