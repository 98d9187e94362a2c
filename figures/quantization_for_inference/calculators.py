"""Calculators of the article on quantization: memory, clipping, and which precision is fastest at which batch."""

from __future__ import annotations

from figures import data, presets
from figures.calculators import Calculator, Field, Option, Output, Preset
from figures.charts import Chart
from figures.formulas import kv_cache, quantized_serving, quantizer_error, roofline
from figures.quantization_for_inference import results_serving as results


def _models() -> Preset:
    """Models whose embeddings are known, with the parameters of embedding and output head."""
    options = {
        key: Option(
            str(data.load("models")[key]["name"]),
            {"parameters": data.value("models", key, "parameters"), "kept": results.kept(key)},
        )
        for key in ("llama3_1_8b", "llama3_1_70b", *(key for key in presets.MIXTURES if key != "mixtral_8x22b"))
    }
    return Preset("model", "Model", options, presets.MODEL)


def _dense() -> Preset:
    """Dense models with their parameters."""
    options = {
        key: Option(str(data.load("models")[key]["name"]), {"parameters": data.value("models", key, "parameters")})
        for key in presets.DENSE
    }
    return Preset("model", "Model", options, presets.MODEL)


weights = Calculator(
    "Weights of a quantized model",
    outputs=(
        Output(kv_cache.stored_bits, "A quantized weight takes", unit="bit", digits=4),
        Output(
            quantized_serving.partly_quantized_bytes,
            "All weights",
            unit="GB",
            using={"parameter_bytes": "stored_bits"},
        ),
    ),
    fields=(
        Field("bits", "Bits of a code", None, 1, 16),
        Field("scale_bits", "Bits that a group shares", None, 0, 512),
        Field("group", "Elements of a group", None, 1, 1_000_000),
        presets.PARAMETERS,
        Field("kept", "Parameters that are not quantized", None, 0, 1e13),
        Field("kept_bytes", "Bytes of one of these", 2, 0.1, 8),
    ),
    presets=(
        presets.schemes(),
        _models(),
    ),
)

clipping = Calculator(
    "Clip a Gaussian",
    outputs=(
        Output(quantizer_error.rounding_noise, "Squared error by rounding, over the variance", unit="%"),
        Output(quantizer_error.overload_noise, "By saturation", unit="%"),
        Output(quantizer_error.sqnr_of_bits, "No code of so many bits exceeds", unit="dB"),
        Output(
            quantizer_error.sqnr_of_noise,
            "Signal over noise",
            unit="dB",
            using={"rounding": "rounding_noise", "overload": "overload_noise"},
        ),
    ),
    fields=(
        Field("bits", "Bits of a code", 4, 2, 12),
        Field("clip", "Clip, in standard deviations", 2.7, 0.5, 8),
    ),
    charts=(Chart("sqnr_of_noise", "clip", 1, 8, ticks=(1, 2, 4, 6, 8)),),
)


def _time(title: str, name: str, weight: str, peak: str) -> Output:
    return Output(
        quantized_serving.products_time,
        title,
        name=name,
        unit="ms",
        using={"parameter_bytes": weight, "peak": peak},
    )


precision = Calculator(
    "Weight products of a step",
    outputs=(
        _time("BF16", "time_bf16", "bf16_bytes", "bf16_peak"),
        _time("W4A16", "time_w4a16", "int4_bytes", "bf16_peak"),
        _time("FP8, weights and activations", "time_fp8", "fp8_bytes", "fp8_peak"),
        Output(roofline.ridge, "Ridge of BF16", using={"peak": "bf16_peak"}),
        Output(roofline.ridge_batch, "FP8 is faster from", using={"element_bytes": "fp8_bytes"}),
    ),
    fields=(
        Field("batch", "Tokens of a step", 64, 1, 1_000_000),
        presets.PARAMETERS,
        Field("bandwidth", "Memory bandwidth", None, 1, 1_000_000, unit="GB/s"),
        Field("bf16_peak", "Peak in BF16", None, 1, 1_000_000, unit="TFLOP/s"),
        Field("fp8_peak", "Peak in FP8", None, 1, 1_000_000, unit="TFLOP/s"),
        Field("bf16_bytes", "Bytes of a BF16 weight", 2, 0.1, 8),
        Field("int4_bytes", "Bytes of an INT4 weight", 0.516, 0.1, 8),
        Field("fp8_bytes", "Bytes of an FP8 weight", 1, 0.1, 8),
    ),
    presets=(
        _dense(),
        presets.gpus(bandwidth="memory_bandwidth", bf16_peak="bf16_dense", fp8_peak="fp8_dense"),
    ),
    charts=(Chart("time_w4a16", "batch", 1, 4096, ticks=(1, 8, 64, 512), log=True, markers=("ridge_batch",)),),
)
