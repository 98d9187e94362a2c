"""The best of n answers by a reward: how far that policy moves from the one that is sampled, and what it gains."""

from __future__ import annotations

import math

from figures.formula import formula


@formula(
    latex=r"D_n \le \ln n_\mathrm{bon} - \frac{n_\mathrm{bon} - 1}{n_\mathrm{bon}}",
    symbols={"samples": r"n_\mathrm{bon}"},
    sources=("gao2023overopt{§2}", "beirami2024{abstract}"),
)
def kl_bound(samples: float) -> float:
    """Bound of the KL divergence of best-of-n from the policy that is sampled.

    Args:
        samples (1): answers, of which the one with the highest reward is taken.

    Returns:
        (1) divergence in nats; reached where no single answer has a noticeable probability and no two rewards are
        equal.

    Assumptions:
        Answers are drawn independently; ties are broken at random.
    """
    return math.log(samples) - (samples - 1) / samples


@formula(
    latex=r"D_n \le \min\left( \ln n_\mathrm{bon} - \frac{n_\mathrm{bon} - 1}{n_\mathrm{bon}},\ "
    r"\ln \frac{1}{p_\mathrm{top}} \right)",
    symbols={"samples": r"n_\mathrm{bon}", "top": r"p_\mathrm{top}"},
)
def kl_bound_of_few(samples: float, top: float) -> float:
    """Bound of the KL divergence of best-of-n where the best answer has a noticeable probability.

    Args:
        samples (1): answers, of which the one with the highest reward is taken.
        top (1): probability of the answers that share the highest reward, above 0.

    Returns:
        (1) divergence in nats: no policy gets further by more samples than to take those answers always.

    Assumptions:
        Answers are drawn independently; ties are broken at random.
    """
    return min(kl_bound(samples), -math.log(top))


@formula(
    latex=r"w_n \le \frac{n_\mathrm{bon}}{n_\mathrm{bon} + 1}",
    symbols={"samples": r"n_\mathrm{bon}"},
    sources=("beirami2024{abstract}",),
)
def win_rate_bound(samples: float) -> float:
    """Bound of the share of comparisons that best-of-n wins against one answer, by the reward that selects.

    Args:
        samples (1): answers, of which the one with the highest reward is taken.

    Returns:
        (1) share, a tie counting half; reached where ties do not happen.

    Assumptions:
        All answers are drawn independently from one policy.
    """
    return samples / (samples + 1)


@formula(latex=r"g_\mathrm{tilt} = \sqrt{2\, D}", symbols={"divergence": "D"})
def tilt_gain(divergence: float) -> float:
    """Largest gain of a normal reward that a policy can have at a given KL divergence from the reference.

    Args:
        divergence (1): in nats.

    Returns:
        (1) in standard deviations of the reward under the reference.

    Assumptions:
        The reward of an answer of the reference is normal; the policy may be any, so that the best one is the
        exponential tilt.
    """
    return math.sqrt(2 * divergence)


@formula(
    latex=r"g_\mathrm{gold} = \rho_\mathrm{r}\, g_\mathrm{proxy}",
    symbols={"proxy_gain": r"g_\mathrm{proxy}", "correlation": r"\rho_\mathrm{r}"},
    sources=("gao2023overopt{§4.2.1, Eq. 1}",),
)
def gold_gain(proxy_gain: float, correlation: float) -> float:
    """Gain of the true reward where answers are selected by a noisy one.

    Args:
        proxy_gain (1): gain of the reward that selects, in its standard deviations.
        correlation (1): of the two rewards over answers of the reference.

    Returns:
        (1) in standard deviations of the true reward.

    Assumptions:
        Both rewards are jointly normal. Then the true one never falls, however hard the other is pushed.
    """
    return correlation * proxy_gain
