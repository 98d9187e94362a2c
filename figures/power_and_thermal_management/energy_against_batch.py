"""Published energy of a token against the batch, and two constants fitted to each model and GPU."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from figures import style
from figures.formulas import energy_fit
from figures.power_and_thermal_management import results_tokens as tokens

TITLE = "Energy of a token against the batch: published values and two constants"
HEIGHT, SPLIT = 470.0, 300.0
# Entry, words, colour, constants, where the words stand (batch, energy).
SERIES = (
    ("llama31_405b_h100", "405B, FP8, 8 H100", "purple", tokens.shared_405b, tokens.own_405b, (40, 5.6)),
    ("llama31_70b_h100", "70B, 4 H100", "blue", tokens.shared_70b, tokens.own_70b, (300, 0.62)),
    ("llama31_70b_b200", "70B, 2 B200", "orange", tokens.shared_b200, tokens.own_b200, (100, 0.235)),
    ("llama31_8b_h100", "8B, 1 H100", "green", tokens.shared_8b, tokens.own_8b, (150, 0.116)),
)
TICKS = (8, 32, 128, 512, 2048)


def draw() -> Figure:
    """Above dots and lines, below how far the lines are off."""
    fig = style.figure(HEIGHT)
    upper = style.axes(fig, x="", y="Energy of a token (J)", bottom=HEIGHT - SPLIT + 16)
    lower = style.axes(fig, x="Requests in the batch, on average", y="", top=SPLIT + 26)
    fig.text(4 / style.WIDTH, 1 - (SPLIT + 2) / HEIGHT, "Fit over published, less one (%)", ha="left", va="top")
    for ax in (upper, lower):
        ax.set_xscale("log")
        ax.set_xlim(6, 2600)
        style.ticks(ax, "x", TICKS, [f"{tick:,}" for tick in TICKS])
    upper.set_yscale("log")
    upper.set_ylim(0.04, 20)
    style.ticks(upper, "y", (0.1, 1, 10), ("0.1", "1", "10"))
    lower.set_ylim(-16, 16)
    style.ticks(lower, "y", (-10, 0, 10), ("−10", "0", "10"))
    for key, words, role, shared, own, place in SERIES:
        color = style.color(role)
        batches, energies = ([one.value for one in some] for some in tokens.series(key))
        grid = np.geomspace(min(batches), max(batches), 100)
        upper.plot(grid, [energy_fit.batch_energy(shared.value, own.value, one) for one in grid], color=color)
        upper.plot(batches, energies, "o", color=color, markersize=4.5)
        style.label(upper, place, words, role, offset=(0, 0))
        fit = [energy_fit.batch_energy(shared.value, own.value, batch) for batch in batches]
        off = [100 * (one / energy - 1) for one, energy in zip(fit, energies, strict=True)]
        lower.plot(batches, off, "o-", color=color, markersize=4, linewidth=1)
    return fig
