"""Numbers of the article on quantization that measurements give: formats, scales, rotation, rounding."""

from __future__ import annotations

from statistics import median

from figures import paths
from figures.formulas import compare, quantizer_error
from figures.measurement import read
from figures.measurements import smoothing
from figures.measurements.layer_inputs import CALIBRATION, KINDS, LENGTH
from figures.measurements.number_format_error import (
    BY_E4M3,
    DECODER,
    DOWN,
    ENCODER,
    FOUR_OR_SIX,
    FP4,
    FP8_E4M3,
    FP16,
    GAUSSIAN,
    INT4,
    INT4_AFFINE,
    INT8,
    NF4_TABLE,
    ROUNDED,
    STUDENT,
    UP,
    WEIGHTS,
    WHOLE,
    WITHIN,
    Form,
)
from figures.measurements.weight_rounding import GPTQ, INT3_128, INT4_128, INT4_ROW, MXFP4, MXFP4_UP, NEAREST
from figures.results import Computed, Measured, Source, computed

_FOLDER = paths.FIGURES / "quantization_for_inference"
_ERROR = read(_FOLDER / "number_format_error.csv")
_SHAPE = read(_FOLDER / "tensor_shape.csv")
_ROUNDING = read(_FOLDER / "weight_rounding.csv")
_SCALING = read(_FOLDER / "weight_scaling.csv")

_NAMES = {
    GAUSSIAN: "normal numbers",
    STUDENT: "Student's t, 5 degrees of freedom",
    WEIGHTS: "weights of all-MiniLM-L6-v2",
    ENCODER: "inputs of its layers",
    DECODER: "inputs of the layers of SmolLM2-135M",
}
_INT4_128: Form = (INT4, 128, FP16)
_INT4_64: Form = (INT4, 64, FP16)
_INT8_ROW: Form = (INT8, 0, FP16)
_E4M3_ROW: Form = (FP8_E4M3, 0, FP16)
_MXFP4: Form = (FP4, 32, DOWN)
_MXFP4_UP: Form = (FP4, 32, UP)
_MXFP4_ROUNDED: Form = (FP4, 32, ROUNDED)
_INT4_32: Form = (INT4, 32, FP16)
_FP4_32: Form = (FP4, 32, FP16)
_FP4_16: Form = (FP4, 16, FP16)
_POWER_16: Form = (FP4, 16, DOWN)
_NVFP4: Form = (FP4, 16, BY_E4M3)
_FOUR_SIX: Form = (FP4, 16, FOUR_OR_SIX)
_NF4_32: Form = (NF4_TABLE, 32, FP16)
_INT4_OFFSET: Form = (INT4_AFFINE, 64, FP16)


def _db(source: int, form: Form, what: str, *, rotated: int = 0) -> Measured:
    element, group, scale = form
    cell = _ERROR.cell("sqnr_db", source=source, rotated=rotated, element=element, group=group, scale=scale)
    turned = {WHOLE: ", rotated", WITHIN: ", rotated within blocks of 32"}.get(rotated, "")
    return Measured(_ERROR, f"signal over noise of {what} on {_NAMES[source]}{turned}", cell, "dB")


def _difference(first: Source, second: Source) -> Computed:
    return computed(quantizer_error.difference, first=first, second=second)


def _gain(source: int, form: Form, what: str, *, rotated: int = WHOLE) -> Computed:
    return _difference(_db(source, form, what, rotated=rotated), _db(source, form, what))


def _shape(source: int, column: str, what: str, *, rotated: int = 0) -> Measured:
    turned = ", rotated" if rotated else ""
    cell = _SHAPE.cell(column, source=source, rotated=rotated)
    return Measured(_SHAPE, f"{what} of {_NAMES[source]}{turned}", cell, "1")


# --- Formats on normal numbers ------------------------------------------------------------------------------------
g_mxfp4 = _db(GAUSSIAN, _MXFP4, "MXFP4, scale rounded down,")
g_fp4_g32 = _db(GAUSSIAN, _FP4_32, "E2M1 in groups of 32 with an FP16 scale")
g_nvfp4 = _db(GAUSSIAN, _NVFP4, "NVFP4")
g_46 = _db(GAUSSIAN, _FOUR_SIX, "NVFP4 with four over six")
g_46_gain = _difference(g_46, g_nvfp4)
g_nf4 = _db(GAUSSIAN, _NF4_32, "NF4 in groups of 32 with an FP16 scale")
g_int4_affine = _db(GAUSSIAN, _INT4_OFFSET, "INT4 in groups of 64 with an offset")
g_int4 = _db(GAUSSIAN, _INT4_64, "INT4 in groups of 64")
g_int8 = _db(GAUSSIAN, _INT8_ROW, "INT8 with a scale per row")
g_e4m3 = _db(GAUSSIAN, _E4M3_ROW, "E4M3 with a scale per row")
g_pow2_cost_32 = _difference(g_fp4_g32, g_mxfp4)
g_pow2_cost_16 = _difference(
    _db(GAUSSIAN, _FP4_16, "E2M1 in groups of 16 with an FP16 scale"),
    _db(GAUSSIAN, _POWER_16, "E2M1 in groups of 16 with a power of two as scale"),
)

# --- Formats on trained tensors -----------------------------------------------------------------------------------
a_channel_ratio = _shape(DECODER, "channel_ratio", "largest over median channel")
a_int8_row = _db(DECODER, _INT8_ROW, "INT8 with a scale per token")
a_e4m3_row = _db(DECODER, _E4M3_ROW, "E4M3 with a scale per token")
a_int8_rotated = _db(DECODER, _INT8_ROW, "INT8 with a scale per token", rotated=1)
a_nf4 = _db(DECODER, _NF4_32, "NF4 in groups of 32 with an FP16 scale")
a_int4_affine = _db(DECODER, _INT4_OFFSET, "INT4 in groups of 64 with an offset")
a_46 = _db(DECODER, _FOUR_SIX, "NVFP4 with four over six")
a_int4_rotated = _db(DECODER, _INT4_64, "INT4 in groups of 64", rotated=1)
w_channel_ratio = _shape(WEIGHTS, "channel_ratio", "largest over median channel")
a_mxfp4 = _db(DECODER, _MXFP4, "MXFP4, scale rounded down,")
a_mxfp4_up = _db(DECODER, _MXFP4_UP, "MXFP4, scale rounded up,")
a_mxfp4_rounded = _db(DECODER, _MXFP4_ROUNDED, "MXFP4, scale of the rounded maximum,")
g_mxfp4_rounded = _db(GAUSSIAN, _MXFP4_ROUNDED, "MXFP4, scale of the rounded maximum,")
a_nvfp4 = _db(DECODER, _NVFP4, "NVFP4")
a_nvfp4_rotated = _db(DECODER, _NVFP4, "NVFP4", rotated=1)

# --- Rotation -----------------------------------------------------------------------------------------------------
rot_a_int4 = _gain(DECODER, _INT4_64, "INT4 in groups of 64")
rot_a_mxfp4 = _gain(DECODER, _MXFP4, "MXFP4, scale rounded down,")
rot_a_loss_nvfp4 = _difference(a_nvfp4, a_nvfp4_rotated)
within_a_mxfp4 = _gain(DECODER, _MXFP4, "MXFP4, scale rounded down,", rotated=WITHIN)
whole_a_int4_32 = _gain(DECODER, _INT4_32, "INT4 in groups of 32")
within_a_int4_32 = _gain(DECODER, _INT4_32, "INT4 in groups of 32", rotated=WITHIN)
within_a_loss_nvfp4 = _difference(a_nvfp4, _db(DECODER, _NVFP4, "NVFP4", rotated=WITHIN))
rot_w_int4 = _gain(WEIGHTS, _INT4_128, "INT4 in groups of 128")

# --- Rounding that knows the inputs -------------------------------------------------------------------------------
_TOKENS = CALIBRATION * LENGTH


def _layers(column: str, form: int, method: int, what: str, tokens: int = _TOKENS, kind: int | None = None) -> Measured:
    """Median over the layers, or over those of one kind."""
    rows = [row for row in _ROUNDING.rows if (row["form"], row["method"], row["tokens"]) == (form, method, tokens)]
    cells = [row[column] for row in rows if kind is None or row["kind"] == kind]
    return Measured(_ROUNDING, f"{what}, median over {len(cells)} layers", median(cells), "dB")


def _one(column: str, form: int, method: int, what: str) -> Measured:
    """Of the first down projection."""
    cell = _ROUNDING.cell(column, matrix=5, form=form, method=method, tokens=_TOKENS)
    return Measured(_ROUNDING, f"{what}, first down projection", cell, "dB")


gptq_weights_before = _layers("weight_db", INT4_128, NEAREST, "weights rounded to nearest, INT4")
gptq_weights_after = _layers("weight_db", INT4_128, GPTQ, "weights after GPTQ, INT4")
gptq_output_before = _layers("held_out_db", INT4_128, NEAREST, "output on held-out tokens, rounded to nearest, INT4")
gptq_output_after = _layers("held_out_db", INT4_128, GPTQ, "output on held-out tokens, GPTQ, INT4")
gptq_predicted = _one("predicted_gain_db", INT4_128, GPTQ, "gain of GPTQ by the formula")
gptq_measured = _difference(
    _one("seen_db", INT4_128, GPTQ, "output on calibration tokens, GPTQ, INT4"),
    _one("seen_db", INT4_128, NEAREST, "output on calibration tokens, rounded to nearest, INT4"),
)
gptq_held_out = _difference(
    _one("held_out_db", INT4_128, GPTQ, "output on held-out tokens, GPTQ, INT4"),
    _one("held_out_db", INT4_128, NEAREST, "output on held-out tokens, rounded to nearest, INT4"),
)
gptq_other = _difference(
    _one("other_db", INT4_128, GPTQ, "output on another kind of text, GPTQ, INT4"),
    _one("other_db", INT4_128, NEAREST, "output on another kind of text, rounded to nearest, INT4"),
)

gptq_row_before = _layers("held_out_db", INT4_ROW, NEAREST, "output on held-out tokens, to nearest, a scale per row")
gptq_row_after = _layers("held_out_db", INT4_ROW, GPTQ, "output on held-out tokens, GPTQ, INT4, a scale per row")
gptq_mxfp4_before = _one("held_out_db", MXFP4, NEAREST, "output on held-out tokens, MXFP4 scale down, to nearest")
gptq_mxfp4_after = _one("held_out_db", MXFP4, GPTQ, "output on held-out tokens, MXFP4 scale down, GPTQ")
gptq_mxfp4_up_before = _one("held_out_db", MXFP4_UP, NEAREST, "output on held-out tokens, MXFP4 scale up, to nearest")
gptq_mxfp4_up_after = _one("held_out_db", MXFP4_UP, GPTQ, "output on held-out tokens, MXFP4 scale up, GPTQ")
_LARGEST = read(_FOLDER / "largest_weight.csv")
_LARGEST_WEIGHT = "largest weight of the first down projection"
sat_over_rms = Measured(
    _LARGEST, f"{_LARGEST_WEIGHT} over the root mean square", _LARGEST.cell("over_rms", matrix=5, form=MXFP4), "1"
)
sat_share = Measured(
    _LARGEST,
    f"its share of the noise of the output, {_LARGEST_WEIGHT}",
    _LARGEST.cell("noise_share", matrix=5, form=MXFP4),
    "1",
)

_DOWN = KINDS.index("down")
_FEW = LENGTH  # one sequence
gptq_few_seen = _layers("seen_db", INT3_128, GPTQ, "output on the 256 calibration tokens, GPTQ, INT3", _FEW, _DOWN)
gptq_few_held_out = _layers("held_out_db", INT3_128, GPTQ, "held-out output, 256 tokens, GPTQ, INT3", _FEW, _DOWN)
gptq_many_seen = _layers("seen_db", INT3_128, GPTQ, "output on 16,384 calibration tokens, INT3", _TOKENS, _DOWN)
gptq_many_held_out = _layers("held_out_db", INT3_128, GPTQ, "held-out output, 16,384 tokens, INT3", _TOKENS, _DOWN)

# --- Scaling for the weights' sake --------------------------------------------------------------------------------
awq_best = Measured(
    _SCALING,
    "median gain of AWQ's scales on held-out output, INT4 in groups of 128, at the best exponent",
    max(row["gain_db"] for row in _SCALING.rows if row["form"] == INT4_128),
    "dB",
)
awq_exponent = Measured(
    _SCALING,
    "exponent at which it is reached",
    max((row for row in _SCALING.rows if row["form"] == INT4_128), key=lambda row: row["gain_db"])["alpha"],
    "1",
)

awq_full = Measured(
    _SCALING,
    "median gain of AWQ's scales on held-out output, INT4 in groups of 128, at the exponent 1",
    next(row["gain_db"] for row in _SCALING.rows if (row["form"], row["alpha"]) == (INT4_128, 1)),
    "dB",
)

# --- Both operands of a product -----------------------------------------------------------------------------------
_PRODUCTS = read(_FOLDER / "product_error.csv")
_SMOOTHING = read(_FOLDER / "smoothing.csv")


_SIDES = {smoothing.WEIGHTS: "weights", smoothing.INPUTS: "inputs", smoothing.BOTH: "both sides"}


def product(
    form: int, what: str, *, rotated: int = 0, source: int = smoothing.AS_IT_IS, parts: int = smoothing.BOTH
) -> Measured:
    """Signal over noise of a layer's output with these parts in a format."""
    cell = _PRODUCTS.cell("output_db", source=source, rotated=rotated, form=form, parts=parts)
    words = ", rotated" if rotated else ""
    words += ", outlier channels" if source == smoothing.WITH_OUTLIERS else ""
    return Measured(_PRODUCTS, f"output of layers of all-MiniLM-L6-v2, {what} on {_SIDES[parts]}{words}", cell, "dB")


p_int8 = product(smoothing.W8A8_INT8, "INT8", source=smoothing.WITH_OUTLIERS)
p_int8_plain = product(smoothing.W8A8_INT8, "INT8")
p_int8_rotated = product(smoothing.W8A8_INT8, "INT8", rotated=1, source=smoothing.WITH_OUTLIERS)
p_e4m3 = product(smoothing.W8A8_FP8, "E4M3", source=smoothing.WITH_OUTLIERS)
p_e4m3_rotated = product(smoothing.W8A8_FP8, "E4M3", rotated=1, source=smoothing.WITH_OUTLIERS)
p_int8_smooth = Measured(
    _SMOOTHING,
    "output, INT8, smoothed with the exponent one half, enlarged channels",
    _SMOOTHING.cell("output_db", source=smoothing.WITH_OUTLIERS, form=smoothing.W8A8_INT8, alpha=0.5),
    "dB",
)
p_nvfp4 = product(smoothing.W4A4_NVFP4, "NVFP4")
p_nvfp4_weights = product(smoothing.W4A4_NVFP4, "NVFP4", parts=smoothing.WEIGHTS)
p_nvfp4_inputs = product(smoothing.W4A4_NVFP4, "NVFP4", parts=smoothing.INPUTS)
p_nvfp4_added = computed(quantizer_error.product_sqnr, first=p_nvfp4_weights, second=p_nvfp4_inputs)
p_nvfp4_rotated = product(smoothing.W4A4_NVFP4, "NVFP4", rotated=1)
p_mxfp4_loss_weights = _difference(
    product(smoothing.W4A4_MXFP4, "MXFP4", parts=smoothing.WEIGHTS),
    product(smoothing.W4A4_MXFP4, "MXFP4", parts=smoothing.WEIGHTS, rotated=1),
)
p_mxfp4_gain_inputs = _difference(
    product(smoothing.W4A4_MXFP4, "MXFP4", parts=smoothing.INPUTS, rotated=1),
    product(smoothing.W4A4_MXFP4, "MXFP4", parts=smoothing.INPUTS),
)

# --- Products on a CPU ----------------------------------------------------------------------------------------------
_CPU_PRODUCTS = read(_FOLDER / "quantized_products.csv")


def _cpu_product(bits: int, activation_bits: int, batch: int) -> Measured:
    what = f"median time of a product, {bits}-bit weights, {activation_bits}-bit activations, {batch} tokens"
    cell = _CPU_PRODUCTS.cell("median_s", bits=bits, activation_bits=activation_bits, batch=batch)
    return Measured(_CPU_PRODUCTS, what, cell, "s")


def _cpu_matrix(bits: int) -> Measured:
    activation_bits = 32 if bits == 32 else 8
    cell = _CPU_PRODUCTS.cell("weight_bytes", bits=bits, activation_bits=activation_bits, batch=1)
    return Measured(_CPU_PRODUCTS, f"bytes of the matrix with {bits}-bit weights and their scales", cell, "B")


def _faster(bits: int, activation_bits: int, batch: int) -> Computed:
    return computed(
        compare.time_ratio, first=_cpu_product(32, 32, batch), second=_cpu_product(bits, activation_bits, batch)
    )


cpu_product_fp32 = _cpu_product(32, 32, 1)
cpu_int8_gain, cpu_int4_gain, cpu_int4_a32_gain = _faster(8, 8, 1), _faster(4, 8, 1), _faster(4, 32, 1)
cpu_int8_bytes = computed(compare.size_ratio, first=_cpu_matrix(32), second=_cpu_matrix(8))
cpu_int4_bytes = computed(compare.size_ratio, first=_cpu_matrix(32), second=_cpu_matrix(4))
cpu_int8_gain_64, cpu_int4_gain_64 = _faster(8, 8, 64), _faster(4, 8, 64)
cpu_int8_a32 = _cpu_product(8, 32, 1)
cpu_int8_a32_over = computed(compare.time_ratio, first=cpu_int8_a32, second=cpu_product_fp32)
