"""Where the two halves of a decode step lie under the roofline of an H100."""

from __future__ import annotations

from matplotlib.figure import Figure

from figures import style
from figures.data import value
from figures.formulas.kv_cache import head_intensity, latent_intensity
from figures.formulas.roofline import attainable, ridge, weight_intensity

TITLE = "Roofline of an H100 SXM with the decode step's attention and weight products"

PEAK = value("hardware", "nvidia_h100_80gb_sxm", "bf16_dense").value
BANDWIDTH = value("hardware", "nvidia_h100_80gb_sxm", "memory_bandwidth").value
BF16 = 2
BATCHES = (1, 8, 64, 512)
RANGE = (0.25, 2048.0)


def _model(name: str, field: str) -> int:
    return int(value("models", name, field).value)


def draw() -> Figure:
    """The roof, attention above it by kind, the weight products below it by batch."""
    gqa = (_model("llama3_1_70b", "query_heads"), _model("llama3_1_70b", "kv_heads"))
    heads, latent, rope = (_model("deepseek_v3", key) for key in ("query_heads", "mla_latent_dim", "mla_rope_dim"))
    attention = (
        ("MHA", head_intensity(1, 1, BF16)),
        ("GQA, 8 to 1", head_intensity(*gqa, BF16)),
        ("MLA", latent_intensity(heads, latent, rope, BF16)),
    )
    fig = style.figure(290)
    ax = style.axes(fig, x="Arithmetic intensity (FLOP per byte)", y="Attainable rate (TFLOP/s, BF16 dense)", right=22)
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    corner = ridge(PEAK, BANDWIDTH)
    roof = [(x, _rate(x)) for x in (RANGE[0], corner, RANGE[1])]
    ax.plot(*zip(*roof, strict=True), color=style.color("ink"))
    for words, intensity in attention:
        ax.plot(intensity, _rate(intensity), "o", color=style.color("blue"), markersize=9, fillstyle="none",
                markeredgewidth=1.8)  # fmt: skip
        style.label(ax, (intensity, _rate(intensity)), words, "blue", offset=(-8, 6), ha="right")
    for batch in BATCHES:
        intensity = weight_intensity(batch, BF16)
        ax.plot(intensity, _rate(intensity), "s", color=style.color("orange"), markersize=4.5)
        style.label(ax, (intensity, _rate(intensity)), f"{batch}", "orange", offset=(7, -9))
    ax.set_xlim(*RANGE)
    ax.set_ylim(1, 3000)
    style.ticks(ax, "x", (1, 8, 64, 512), ("1", "8", "64", "512"))
    style.ticks(ax, "y", (1, 10, 100, 1000), ("1", "10", "100", "1,000"))
    style.label(ax, (RANGE[0], 1000), "attention, any batch", "blue", offset=(8, 6))
    style.label(ax, (RANGE[1], 1.6), "weight products, by batch", "orange", offset=(0, 0), ha="right")
    return fig


def _rate(intensity: float) -> float:
    return attainable(PEAK, BANDWIDTH, intensity) / 1e12
