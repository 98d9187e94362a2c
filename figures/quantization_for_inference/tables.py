"""Tables of the article on quantization: the formats of elements, and what a weight costs in each scheme."""

from __future__ import annotations

from dataclasses import dataclass

from figures import data
from figures.data import Datum, value
from figures.formulas import batching, number_formats
from figures.measurements import smoothing
from figures.quantization_for_inference.results_measured import product as _product
from figures.quantization_for_inference.results_serving import format_value, stored
from figures.results import Assumed, Computed, computed
from figures.tables import Cell, Column, Table


@dataclass(frozen=True, slots=True)
class Float:
    """A floating-point format by its fields: ``top`` is the code of the largest value, ``unused`` patterns add none."""

    name: str
    exponent_bits: int
    mantissa_bits: int
    bias: int
    top: tuple[int, int]
    unused: int

    def at(self, exponent: int, fraction: int) -> Computed:
        """The magnitude of a code."""
        return format_value(self.name, exponent, fraction, self.mantissa_bits, self.bias)

    def row(self) -> tuple[Cell, ...]:
        """Fields, extremes, number of values."""
        bits = 1 + self.exponent_bits + self.mantissa_bits
        return (
            self.name,
            f"1, {self.exponent_bits}, {self.mantissa_bits}",
            self.at(*self.top),
            self.at(1, 0),
            self.at(0, 1),
            _levels(bits, self.unused, self.name),
        )


E4M3 = Float("E4M3", 4, 3, 7, (15, 6), 3)
E4M3_FNUZ = Float("E4M3 FNUZ", 4, 3, 8, (15, 7), 1)
"""The variant of AMD's CDNA 3: the pattern of a negative zero is NaN, and the bias is one higher."""
E5M2 = Float("E5M2", 5, 2, 15, (30, 3), 9)
E2M1 = Float("E2M1", 2, 1, 1, (3, 1), 1)


def _levels(bits: int, unused: int, name: str) -> Computed:
    return computed(
        number_formats.levels,
        bits=Assumed(bits, "bit", f"{name}: bits of a code"),
        unused=Assumed(unused, "1", f"{name}: patterns that add no value"),
    )


def _integer(bits: int) -> tuple[Cell, ...]:
    top = 2 ** (bits - 1) - 1
    return (f"INT{bits}", f"1, –, {bits - 1}", f"{top:,}", "–", "1", _levels(bits, 1, f"INT{bits}"))


formats = Table(
    columns=(
        "Format",
        "Sign, exponent, fraction",
        "Largest",
        "Least normal",
        "Least above 0",
        Column("Levels", digits=6),
    ),
    rows=(
        _integer(8),
        _integer(4),
        E4M3.row(),
        E4M3_FNUZ.row(),
        E5M2.row(),
        E2M1.row(),
        ("E8M0", "–, 8, –", "$2^{127}$", "$2^{-127}$", "$2^{-127}$", _levels(8, 1, "E8M0")),
        ("NF4", "table of 16", "1", "–", "0.0796", _levels(4, 0, "NF4")),
    ),
)


def _products(name: str, form: int, what: str) -> tuple[Cell, ...]:
    """Signal over noise of a layer's output by what is rounded."""
    alone = (_product(form, what, parts=parts) for parts in (smoothing.WEIGHTS, smoothing.INPUTS))
    return (name, *alone, _product(form, what), _product(form, what, rotated=1))


products = Table(
    columns=(
        "Format",
        Column("Weights", unit="dB", digits=3),
        Column("Inputs", unit="dB", digits=3),
        Column("Both", unit="dB", digits=3),
        Column("Both, rotated", unit="dB", digits=3),
    ),
    rows=(
        _products("INT8, row and token", smoothing.W8A8_INT8, "INT8"),
        _products("E4M3, row and token", smoothing.W8A8_FP8, "E4M3"),
        _products("NVFP4", smoothing.W4A4_NVFP4, "NVFP4"),
        _products("MXFP4, scale down", smoothing.W4A4_MXFP4, "MXFP4"),
        _products("INT4, groups of 128", smoothing.W4A4_INT4_128, "INT4 in groups of 128"),
    ),
)


def _scheme(name: str, bits: int, shared: float, group: int) -> tuple[Cell, ...]:
    code = Assumed(bits, "bit", f"{name}: bits of a code")
    return (name, str(bits), f"{shared:.4g}", f"{group:,}", stored(code, shared, group, name))


_double_scale = stored(Assumed(8, "bit", "NF4, double quantization: bits of a scale"), 32, 256, "NF4, scale of scales")

bits = Table(
    columns=("Scheme", "Code", "Shared", "Group", Column("Bits per weight", unit="bit", digits=4)),
    rows=(
        _scheme("INT8, a scale per row", 8, 16, 8192),
        _scheme("MXFP8", 8, 8, 32),
        _scheme("Q8_0", 8, 16, 32),
        _scheme("Q6_K", 6, 144, 256),
        _scheme("Q4_K", 4, 128, 256),
        _scheme("NF4", 4, 32, 64),
        _scheme("NVFP4", 4, 8, 16),
        _scheme("MXFP4", 4, 8, 32),
        _scheme("INT4, FP16 scale and offset of 4 bits", 4, 20, 128),
        _scheme("NF4, scales quantized too", 4, _double_scale.value, 64),
        _scheme("INT4, FP16 scale", 4, 16, 128),
        _scheme("Q3_K", 3, 112, 256),
        _scheme("Q2_K", 2, 160, 256),
    ),
)

_ONE_BYTE = Assumed(1, "B", "one byte per FP8 weight")
_WHOLE = Assumed(1, "1", "the whole peak, as on the data sheet")


def _gpu(key: str) -> tuple[Cell, ...]:
    """Rates of a GPU, dense, and the batch from which FP8 on both sides is faster than 4-bit weights alone."""
    entry = data.load("hardware")[key]
    crossing = computed(
        batching.critical_batch,
        parameter_bytes=_ONE_BYTE,
        peak=value("hardware", key, "bf16_dense"),
        utilization=_WHOLE,
        bandwidth=value("hardware", key, "memory_bandwidth"),
        bandwidth_share=_WHOLE,
    )

    def rate(*fields: str) -> Cell:
        return next((found for field in fields if isinstance(found := entry.get(field), Datum)), "–")

    fp8 = rate("fp8_dense")
    memory = value("hardware", key, "memory_bandwidth")
    rates = (rate("bf16_dense"), fp8, rate("nvfp4_dense"))
    return (str(entry["name"]), memory, *rates, "–" if isinstance(fp8, str) else crossing)


peaks = Table(
    columns=(
        "GPU",
        Column("Memory", unit="TB/s", digits=3),
        Column("BF16", unit="TFLOP/s", digits=4),
        Column("FP8", unit="TFLOP/s", digits=4),
        Column("FP4", unit="TFLOP/s", digits=4),
        Column("FP8 overtakes W4A16 at", unit="", digits=3),
    ),
    rows=[
        _gpu(key)
        for key, entry in data.load("hardware").items()
        if isinstance(entry.get("bf16_dense"), Datum) and isinstance(entry.get("memory_bandwidth"), Datum)
    ],
)
