"""Signal over quantization noise of keys, values and attention output in a small trained decoder, 4 and 2 bits."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import paths, style
from figures.measurement import Measurement, read
from figures.measurements.kv_quantization import CHANNEL, MODEL, TOKEN

TITLE = "Error of a quantized KV cache by the direction in which elements share a scale"

GROUP = 64
BITS = ((4, "blue"), (2, "orange"))
# Heading of a block, then (label, column, layout of the tensor or of keys and values).
TENSORS = (
    ("Keys", (("per token", "keys_db", TOKEN), ("per channel", "keys_db", CHANNEL),
              ("per channel before RoPE", "keys_before_rope_db", CHANNEL))),
    ("Values", (("per token", "values_db", TOKEN), ("per channel", "values_db", CHANNEL))),
)  # fmt: skip
OUTPUTS = (
    ("K token, V token", TOKEN, TOKEN),
    ("K channel, V channel", CHANNEL, CHANNEL),
    ("K channel, V token", CHANNEL, TOKEN),
)
ROW = 21.0
FOLDER = paths.FIGURES / "kv_cache_optimization"


def draw() -> Figure:
    """Rows of dots with quartiles: tensors first, then what attention makes of them."""
    tensors, outputs = read(FOLDER / "kv_quantization.csv"), read(FOLDER / "kv_quantization_output.csv")
    rows: list[tuple[str, dict[int, tuple[float, float, float]]]] = []
    for heading, entries in TENSORS:
        rows.append((heading, {}))
        for words, column, layout in entries:
            where: dict[str, float] = {"source": MODEL, "float": 0, "affine": 1, "layout": layout, "group": GROUP}
            rows.append((words, {bits: _three(tensors, column, where | {"bits": bits}) for bits, _ in BITS}))
    rows.append(("Output of attention", {}))
    for words, keys, values in OUTPUTS:
        where = {"source": MODEL, "float": 0, "keys_layout": keys, "values_layout": values, "group": GROUP}
        rows.append((words, {bits: _three(outputs, "output_db", where | {"bits": bits}) for bits, _ in BITS}))

    fig = style.figure(ROW * len(rows) + 66)
    ax = style.axes(
        fig, x="Signal over quantization noise (dB)", y=f"Scale shared by {GROUP} elements", left=162, top=26
    )
    ax.grid(visible=True, axis="x", color=style.color("muted"), alpha=style.GRID_ALPHA, linewidth=0.7)
    ax.grid(visible=False, axis="y")
    ax.set_xlim(-6, 32)
    ax.set_ylim(len(rows) - 0.3, -0.7)
    style.ticks(ax, "x", range(-5, 31, 5), ("−5", "0", "5", "10", "15", "20", "25", "30"))
    style.ticks(ax, "y", (), ())
    for place, (words, points) in enumerate(rows):
        ax.annotate(
            words, (0, place), xycoords=("axes fraction", "data"), xytext=(-146 if points else -154, 0),
            textcoords="offset points", va="center_baseline", weight="normal" if points else "bold",
            color=style.color("ink"), annotation_clip=False,
        )  # fmt: skip
        for bits, role in BITS:
            if bits in points:
                low, middle, high = points[bits]
                ax.plot((low, high), (place, place), color=style.color(role), linewidth=1.4)
                ax.plot(middle, place, "o", color=style.color(role), markersize=5.5)
    style.label(ax, (rows[1][1][2][1], 0), "2 bits", "orange", offset=(0, 0), ha="center")
    style.label(ax, (rows[1][1][4][1], 0), "4 bits", "blue", offset=(0, 0), ha="center")
    return fig


def _three(data: Measurement, column: str, where: dict[str, float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile of one cell."""
    low, middle, high = (data.cell(f"{column}{suffix}", **where) for suffix in ("_q1", "", "_q3"))
    return low, middle, high
