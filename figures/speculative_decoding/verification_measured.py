"""Time of a verification over that of a step, against its positions, on a CPU: measured, and by the roofline."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.measurement import read
from figures.measurements import decoder_steps

TITLE = "Time of a verification over that of a decode step on a CPU, against the positions per sequence"

BATCHES = ((16, "16 sequences", "orange"), (4, "4", "blue"), (1, "1", "green"))


def draw() -> Figure:
    """Lines with dots are measured, dashed is the roofline of the same machine."""
    fig = style.figure(280)
    ax = style.axes(fig, x="Positions per sequence", y="Time over that of one position", right=96)
    roofs = read(decoder_steps.ROOFS)
    bandwidth, peak = roofs.cell("copy"), roofs.cell("gemm")
    ends = []
    for batch, words, role in BATCHES:
        chosen = [
            row
            for row in read(decoder_steps.FILE).rows
            if (row["kv_heads"], row["batch"], row["context"])
            == (decoder_steps.GQA, batch, decoder_steps.DRAFT_CONTEXT)
        ]
        rows = sorted(chosen, key=lambda row: row["positions"])
        bound = [
            max((row["weight_bytes"] + row["cache_bytes"]) / bandwidth, decoder_steps.work(row) / peak) for row in rows
        ]
        positions = [row["positions"] for row in rows]
        ratios = [row["median_s"] / rows[0]["median_s"] for row in rows]
        ax.plot(positions, ratios, color=style.color(role), marker="o", markersize=4, linewidth=1.3)
        ax.plot(
            positions,
            [time / bound[0] for time in bound],
            color=style.color(role),
            linewidth=1.1,
            linestyle=(0, (4, 2)),
        )
        ends.append((ratios[-1], words, role))
    ax.set_xlim(0.5, 16.5)
    ax.set_ylim(0, 12)
    style.ticks(ax, "x", (1, 4, 8, 12, 16), ("1", "4", "8", "12", "16"))
    style.ticks(ax, "y", (0, 2, 4, 6, 8, 10, 12), ("0", "2", "4", "6", "8", "10", "12"))
    style.end_labels(ax, ends)
    style.label(ax, (16, 0.4), "dots: measured, dashed: roofline", "ink", offset=(0, 0), ha="right")
    return fig
