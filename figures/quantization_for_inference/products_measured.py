"""Products with a quantized matrix on a CPU against the batch, and the time that its bytes alone take."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import read

TITLE = "Time of a product with a matrix in 32, 8 and 4 bits on a CPU, against the batch"

FOLDER = paths.FIGURES / "quantization_for_inference"
FORMS = (
    (32, 32, "FP32", "ink"),
    (8, 8, "8 bits, A8", "orange"),
    (4, 32, "4 bits, A32", "green"),
    (4, 8, "4 bits, A8", "blue"),
)


def draw() -> Figure:
    """Lines with dots are measured, short dashes bytes over the bandwidth of the same machine."""
    fig = style.figure(290)
    ax = style.axes(fig, x="Tokens in the product", y="Time of the product (ms)", right=86)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    bandwidth = read(FOLDER / "quantized_products_roofs.csv").cell("copy")
    ends = []
    for bits, activation, words, role in FORMS:
        rows = [
            row
            for row in read(FOLDER / "quantized_products.csv").rows
            if (row["bits"], row["activation_bits"]) == (bits, activation)
        ]
        medians = [1e3 * row["median_s"] for row in rows]
        around = [[1e3 * abs(row[side] - row["median_s"]) for row in rows] for side in ("q1_s", "q3_s")]
        ax.errorbar(
            [row["batch"] for row in rows], medians, around, color=style.color(role), marker="o", markersize=4,
            linewidth=1.3,
        )  # fmt: skip
        if activation == 8 or bits == 32:
            least = 1e3 * rows[0]["weight_bytes"] / bandwidth
            ax.plot((0.8, 3), (least, least), color=style.color(role), linewidth=1.1, linestyle=(0, (4, 2)))
        ends.append((medians[-1], words, role))
    ax.set_xlim(0.8, 80)
    ax.set_ylim(2, 500)
    style.ticks(ax, "x", (1, 2, 4, 8, 16, 32, 64), ("1", "2", "4", "8", "16", "32", "64"))
    style.ticks(ax, "y", (2, 5, 10, 20, 50, 100, 200, 500), ("2", "5", "10", "20", "50", "100", "200", "500"))
    style.end_labels(ax, ends)
    style.label(ax, (76, 2.7), "dashed: bytes over bandwidth", "ink", offset=(0, 0), ha="right")
    return fig
