"""Where a spread comes from, and how many runs and devices it takes to know."""

from __future__ import annotations

import math

from figures.formula import formula
from figures.formulas import primitives


@formula(
    latex=r"\hat{\sigma}_\mathrm{b}^2 = \max\left( 0,\ \frac{\mathrm{MS}_\mathrm{b} - \mathrm{MS}_\mathrm{w}}"
    r"{n_\mathrm{rep}} \right)",
    symbols={
        "between": r"\mathrm{MS}_\mathrm{b}",
        "within": r"\mathrm{MS}_\mathrm{w}",
        "repeats": r"n_\mathrm{rep}",
    },
)
def between_variance(between: float, within: float, repeats: float) -> float:
    """Variance between groups, such as chips, by the analysis of variance.

    Args:
        between (1): mean square between groups: repeats times the variance of the groups' means.
        within (1): mean square within groups: the variance of repeats of one group, averaged.
        repeats (1): members of each group.

    Returns:
        (1) estimate; cut off at 0, which biases it upwards when the groups hardly differ.

    Assumptions:
        Groups of one size, drawn at random; errors within are independent and have one variance.
    """
    return max(0, (between - within) / repeats)


@formula(
    latex=r"\rho_\mathrm{b} = \frac{\sigma_\mathrm{b}^2}{\sigma_\mathrm{b}^2 + \sigma_\mathrm{w}^2}",
    symbols={"between": r"\sigma_\mathrm{b}^2", "within": r"\sigma_\mathrm{w}^2"},
)
def between_share(between: float, within: float) -> float:
    """Share of a variance that lies between groups: the intraclass correlation.

    Args:
        between (1): variance between groups.
        within (1): variance within a group.

    Returns:
        (1) correlation of two repeats of one group.

    Assumptions:
        Both components are independent.
    """
    return between / (between + within)


@formula(
    latex=r"\mathrm{SE}_\mu = \sqrt{\frac{\sigma_\mathrm{n}^2}{n_\mathrm{node}} + \frac{\sigma_\mathrm{b}^2}"
    r"{n_\mathrm{node} n_\mathrm{chip}} + \frac{\sigma_\mathrm{w}^2}{n_\mathrm{node} n_\mathrm{chip} n_\mathrm{rep}}}",
    symbols={
        "node": r"\sigma_\mathrm{n}^2",
        "chip": r"\sigma_\mathrm{b}^2",
        "run": r"\sigma_\mathrm{w}^2",
        "nodes": r"n_\mathrm{node}",
        "chips": r"n_\mathrm{chip}",
        "repeats": r"n_\mathrm{rep}",
    },
)
def fleet_mean_error(node: float, chip: float, run: float, nodes: float, chips: float, repeats: float) -> float:
    """Standard error of the mean of a fleet that is sampled by nodes, chips and repeats.

    Args:
        node (1): variance between nodes.
        chip (1): variance between the chips of a node.
        run (1): variance between the repeats of a chip.
        nodes (1): nodes sampled.
        chips (1): chips of each of them.
        repeats (1): repeats on each chip.

    Returns:
        (1) standard deviation over other samples of the same fleet.

    Assumptions:
        A nested, balanced sample from a large fleet; the three parts are independent.
    """
    return math.sqrt((node + (chip + run / repeats) / chips) / nodes)


@formula(
    latex=r"n_\mathrm{rep}^{*} = \sqrt{\frac{t_\mathrm{new}}{t_\mathrm{run}} \cdot"
    r" \frac{\sigma_\mathrm{w}^2}{\sigma_\mathrm{b}^2}}",
    symbols={
        "setup": r"t_\mathrm{new}",
        "run": r"t_\mathrm{run}",
        "within": r"\sigma_\mathrm{w}^2",
        "between": r"\sigma_\mathrm{b}^2",
    },
)
def best_repeats(setup: float, run: float, within: float, between: float) -> float:
    """Repeats per chip that make the error of a mean least for a given time of measurement.

    Args:
        setup (s): time that a further chip takes beside its runs.
        run (s): time of a run.
        within (1): variance between the repeats of a chip.
        between (1): variance between chips.

    Returns:
        (1) repeats; at least one, to be rounded.

    Assumptions:
        Chips are drawn at random; the time is spent on chips and runs alone.
    """
    return math.sqrt(setup / run * within / between)


@formula(
    latex=r"n_\mathrm{acc} = \left( \frac{\Phi^{-1}(1 - \alpha_\mathrm{e}) + \Phi^{-1}(\pi_\mathrm{p})}"
    r"{\Delta_\mathrm{acc} / c_\mathrm{run}} \right)^2",
    symbols={
        "variation": r"c_\mathrm{run}",
        "margin": r"\Delta_\mathrm{acc}",
        "significance": r"\alpha_\mathrm{e}",
        "power": r"\pi_\mathrm{p}",
    },
)
def acceptance_runs(variation: float, margin: float, significance: float, power: float) -> float:
    """Runs of a device that an acceptance test needs to tell a slow one from a good one.

    Args:
        variation (1): standard deviation of a run over its mean.
        margin (1): how much slower a device must be to be rejected, over the mean of a good one.
        significance (1): probability of rejecting a good one.
        power (1): probability of rejecting one that is slower by the margin.

    Returns:
        (1) runs, to be rounded up.

    Assumptions:
        Runs are normal and independent, with a known variation; the test has one side. The limit lies between both
        means, as many standard errors from each as the two risks say.
    """
    return (
        (primitives.normal_quantile(1 - significance) + primitives.normal_quantile(power)) * variation / margin
    ) ** 2


@formula(
    latex=r"n_\mathrm{acc} = \frac{\ln(1 - \gamma_\mathrm{c})}{\ln(1 - p_\mathrm{slow})}",
    symbols={"share": r"p_\mathrm{slow}", "confidence": r"\gamma_\mathrm{c}"},
)
def devices_to_inspect(share: float, confidence: float) -> float:
    """Devices of a fleet to be tested so that a share of slow ones does not go unseen.

    Args:
        share (1): share of slow devices that must not be missed.
        confidence (1): probability that at least one of them is among those tested.

    Returns:
        (1) devices, to be rounded up.

    Assumptions:
        Drawn at random from a large fleet; a test recognizes every slow device. The inverse of the failure rate that
        is still possible when no failure was seen.
    """
    return math.log(1 - confidence) / math.log(1 - share)


@formula(
    latex=r"\epsilon_\sigma = \frac{1}{\sqrt{2\, (n_\mathrm{chip} - 1)}}",
    symbols={"chips": r"n_\mathrm{chip}"},
)
def deviation_error(chips: float) -> float:
    """Relative standard error of a standard deviation that was estimated from a sample.

    Args:
        chips (1): size of the sample, at least 2.

    Returns:
        (1) standard error over the standard deviation.

    Assumptions:
        Normal values; to first order for large samples.
    """
    return 1 / math.sqrt(2 * (chips - 1))
