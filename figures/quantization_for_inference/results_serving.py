"""Numbers of the article on quantization that formulas give: formats, rooflines, worked example, exercises."""

from __future__ import annotations

from figures.data import value
from figures.formulas import (
    compare,
    decode,
    experts,
    kv_cache,
    model,
    number_formats,
    optimal_levels,
    parameters,
    quantized_serving,
    quantizer_error,
    reuse,
    roofline,
    score_differences,
    scores,
)
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import cache_shape, head_dim

_one = Assumed(1, "B", "FP8 elements, scales neglected")
_two = Assumed(2, "B", "BF16 or FP16 elements")
_one_gpu = Assumed(1, "1", "a single GPU")
_two_gpus = Assumed(2, "1", "two GPUs")
_one_token = Assumed(1, "token", "one new token per sequence and step")
_four = Assumed(4, "bit", "codes of four bits")
_eight = Assumed(8, "bit", "codes or scales of eight bits")
_sixteen = Assumed(16, "bit", "a scale in FP16")

# --- What bits buy ------------------------------------------------------------------------------------------------
db_per_bit = computed(quantizer_error.sqnr_of_bits, bits=Assumed(1, "bit", "one more bit"))
db_int8 = computed(quantizer_error.sqnr_of_bits, bits=_eight)
gauss_clip_4 = computed(quantizer_error.best_clip, bits=_four)
gauss_clip_8 = computed(quantizer_error.best_clip, bits=_eight)
gauss_uniform_4 = computed(quantizer_error.clipped_sqnr, bits=_four, clip=gauss_clip_4)
gauss_uniform_8 = computed(quantizer_error.clipped_sqnr, bits=_eight, clip=gauss_clip_8)
gauss_bound_4 = computed(quantizer_error.sqnr_of_bits, bits=_four)
gauss_lloyd_4 = computed(optimal_levels.lloyd_max_sqnr, bits=Assumed(4, "1", "sixteen levels"))
gauss_gap_4 = computed(quantizer_error.difference, first=gauss_bound_4, second=gauss_uniform_4)
float_e4m3 = computed(quantizer_error.float_sqnr, mantissa_bits=Assumed(3, "bit", "fraction of E4M3"))
gauss_four_more = computed(quantizer_error.difference, first=gauss_uniform_8, second=gauss_uniform_4)
bits_four = computed(quantizer_error.sqnr_of_bits, bits=Assumed(4, "bit", "four more bits at a fixed range"))


def format_value(name: str, exponent: int, fraction: int, mantissa_bits: int, bias: int) -> Computed:
    """Magnitude of a code of a floating-point format."""
    return computed(
        number_formats.float_value,
        exponent=Assumed(exponent, "1", f"{name}: exponent field"),
        fraction=Assumed(fraction, "1", f"{name}: fraction field"),
        mantissa_bits=Assumed(mantissa_bits, "1", f"{name}: fraction bits"),
        bias=Assumed(bias, "1", f"{name}: bias"),
    )


nvfp4_range = computed(
    compare.count_ratio, first=format_value("E4M3", 15, 6, 3, 7), second=format_value("E4M3", 1, 0, 3, 7)
)
mx_saturation = computed(
    quantizer_error.saturation,
    largest=format_value("E2M1", 3, 1, 1, 1),
    exponent=Assumed(2, "1", "binary exponent of 6"),
)
rotation_peak = computed(
    quantizer_error.rotated_peak,
    dimension=Assumed(4096, "1", "width of a layer"),
    probability=Assumed(0.01, "1", "how often the bound may fail"),
)


# --- Bits per weight ----------------------------------------------------------------------------------------------
def stored(bits: Source, scale_bits: float, group: int, what: str) -> Computed:
    """Bits of a weight whose group of ``group`` shares ``scale_bits``."""
    return computed(
        kv_cache.stored_bits,
        bits=bits,
        scale_bits=Assumed(scale_bits, "bit", f"{what}: what a group shares"),
        group=Assumed(group, "1", f"{what}: elements of a group"),
    )


bits_int4_g128 = stored(_four, 16, 128, "INT4, FP16 scale")
bits_mxfp4 = stored(_four, 8, 32, "MXFP4, E8M0 scale")
bits_nvfp4 = stored(_four, 8, 16, "NVFP4, E4M3 scale")
bits_ratio = computed(compare.size_ratio, first=bits_nvfp4, second=bits_int4_g128)

# --- Rooflines ----------------------------------------------------------------------------------------------------
H100 = "nvidia_h100_80gb_sxm"
B200 = "nvidia_b200_sxm"


def _ridge_batch(gpu: str, peak: str, weight: Source) -> Computed:
    """Tokens of a step at which products in the type ``peak`` reach the ridge, with weights of so many bytes."""
    corner = computed(
        roofline.ridge, peak=value("hardware", gpu, peak), bandwidth=value("hardware", gpu, "memory_bandwidth")
    )
    return computed(roofline.ridge_batch, ridge=corner, element_bytes=weight)


ridge_w4a16 = _ridge_batch(H100, "bf16_dense", bits_int4_g128)
ridge_fp8 = _ridge_batch(H100, "fp8_dense", _one)
cross_h100 = _ridge_batch(H100, "bf16_dense", _one)
cross_a100 = _ridge_batch("nvidia_a100_80gb_sxm", "bf16_dense", _one)
cross_mi300x = _ridge_batch("amd_mi300x", "bf16_dense", _one)
cross_b200 = _ridge_batch(B200, "bf16_dense", _one)
cross_nvfp4 = _ridge_batch(B200, "bf16_dense", bits_nvfp4)
ridge_nvfp4 = _ridge_batch(B200, "nvfp4_dense", bits_nvfp4)
ridge_fp8_b200 = _ridge_batch(B200, "fp8_dense", _one)
ridge_experts = computed(
    experts.critical_batch_of_experts,
    dense=_ridge_batch(H100, "bf16_dense", bits_mxfp4),
    experts=value("models", "gpt_oss_120b", "experts"),
    active=value("models", "gpt_oss_120b", "experts_per_token"),
)

# --- Scores -------------------------------------------------------------------------------------------------------
_half = Assumed(0.5, "1", "a problem is solved every other time")
se_aime = computed(scores.score_error, solved=_half, problems=Assumed(30, "1", "problems of AIME"))
se_1000 = computed(
    scores.score_error,
    solved=Assumed(0.8, "1", "four of five problems are solved"),
    problems=Assumed(1000, "1", "problems of a larger benchmark"),
)
flip_sigma = computed(
    score_differences.flip_significance,
    lost=Assumed(20, "1", "problems that only the original solves"),
    won=Assumed(10, "1", "problems that only the quantized model solves"),
)

# --- Worked example: Llama 3.1 70B on H100 ------------------------------------------------------------------------
_LLAMA = "llama3_1_70b"
_parameters = value("models", _LLAMA, "parameters")
ex70_prompt = Assumed(7168, "token", "prompt of a request in the worked example, 7 × 1,024 tokens")
ex70_answer = Assumed(1024, "token", "its answer")
ex70_usable = Assumed(0.9, "1", "share of the memory that the server may take")
ex70_reserve = Assumed(3e9, "B", "working space per GPU: activations, workspaces, captured graphs")
ex70_share = Assumed(0.5, "1", "share of the peak that prefill reaches")
_context = Assumed(8192, "token", "prompt and answer of the worked example together")

ex70_weights_bf16 = computed(model.weight_bytes, parameters=_parameters, parameter_bytes=_two)


def kept(name: str) -> Computed:
    """Parameters of the embedding and of the output head of a model."""
    return computed(
        parameters.matrices,
        counts=(value("models", name, "embeddings"),),
        inputs=(value("models", name, "vocabulary"),),
        outputs=(value("models", name, "hidden_size"),),
    )


def partly(name: str, weight: Source) -> Computed:
    """Bytes of a model whose weights are quantized except for embedding and output head, which stay in BF16."""
    return computed(
        quantized_serving.partly_quantized_bytes,
        parameters=value("models", name, "parameters"),
        parameter_bytes=weight,
        kept=kept(name),
        kept_bytes=_two,
    )


ex70_kept = kept(_LLAMA)
ex70_weights_fp8 = partly(_LLAMA, _one)
ex70_weights_int4 = partly(_LLAMA, bits_int4_g128)
ex70_cache = computed(kv_cache.cache_bytes, context=_context, **cache_shape(_LLAMA).inputs(_one))


def _gpus(gpus: Source, weights: Source) -> dict[str, Source]:
    return {
        "gpus": gpus,
        "memory": value("hardware", H100, "memory_capacity"),
        "usable": ex70_usable,
        "weights": weights,
        "reserve": ex70_reserve,
    }


def _users(gpus: Source, weights: Source) -> Computed:
    return computed(kv_cache.sequences_that_fit, **_gpus(gpus, weights), cache=ex70_cache)


def _step(gpus: Source, weights: Source, users: Source) -> Computed:
    bandwidth = value("hardware", H100, "memory_bandwidth")
    return computed(decode.step_time, weights=weights, batch=users, cache=ex70_cache, gpus=gpus, bandwidth=bandwidth)


def _rate(users: Source, step: Source) -> Computed:
    return computed(decode.token_rate, batch=users, tokens=_one_token, step=step)


def _prefill(gpus: Source, peak: str, prompt: Source) -> Computed:
    operations = computed(
        reuse.prefill_operations,
        prefix=prompt,
        parameters=_parameters,
        layers=value("models", _LLAMA, "layers"),
        query_heads=value("models", _LLAMA, "query_heads"),
        head_dim=head_dim(_LLAMA),
    )
    rate = computed(roofline.achieved, gpus=gpus, peak=value("hardware", H100, peak), utilization=ex70_share)
    return computed(reuse.recompute_time, operations=operations, rate=rate)


def _cost(prefill: Source, answer: Source, rate: Source) -> Computed:
    return computed(quantized_serving.request_cost, prefill=prefill, answer=answer, rate=rate)


ex70_room_1 = computed(kv_cache.cache_room, **_gpus(_one_gpu, ex70_weights_int4))
ex70_users_1 = _users(_one_gpu, ex70_weights_int4)
ex70_step_1 = _step(_one_gpu, ex70_weights_int4, ex70_users_1)
ex70_rate_1 = _rate(ex70_users_1, ex70_step_1)
ex70_users_fp8 = _users(_two_gpus, ex70_weights_fp8)
ex70_users_int4 = _users(_two_gpus, ex70_weights_int4)
ex70_step_fp8 = _step(_two_gpus, ex70_weights_fp8, ex70_users_fp8)
ex70_step_int4 = _step(_two_gpus, ex70_weights_int4, ex70_users_int4)
ex70_rate_fp8 = _rate(ex70_users_fp8, ex70_step_fp8)
ex70_rate_int4 = _rate(ex70_users_int4, ex70_step_int4)
ex70_decode_gain = computed(compare.throughput_ratio, first=ex70_rate_int4, second=ex70_rate_fp8)
ex70_prefill_int4 = _prefill(_two_gpus, "bf16_dense", ex70_prompt)
ex70_prefill_fp8 = _prefill(_two_gpus, "fp8_dense", ex70_prompt)
ex70_total_int4 = _cost(ex70_prefill_int4, ex70_answer, ex70_rate_int4)
ex70_total_fp8 = _cost(ex70_prefill_fp8, ex70_answer, ex70_rate_fp8)
ex70_gain_fp8 = computed(compare.time_ratio, first=ex70_total_int4, second=ex70_total_fp8)
ex70_ratio = computed(
    quantized_serving.break_even_mix,
    first=ex70_prefill_int4,
    second=ex70_prefill_fp8,
    prompt=ex70_prompt,
    first_rate=ex70_rate_int4,
    second_rate=ex70_rate_fp8,
)

# --- Exercises ----------------------------------------------------------------------------------------------------
ex_bits = stored(_four, 20, 64, "INT4 with an FP16 scale and an offset of four bits")
ex_kept_8b = kept("llama3_1_8b")
ex_weights_8b = partly("llama3_1_8b", ex_bits)
ex_outlier = Assumed(100, "1", "magnitude of an outlier channel over the typical one")
ex_outlier_loss = computed(quantizer_error.headroom_loss, ratio=ex_outlier)
ex_weights_db = Assumed(20, "dB", "output of a layer in the exercise, only its weights rounded")
ex_inputs_db = Assumed(14, "dB", "the same, only its inputs rounded")
_better_weights = Assumed(26, "dB", "six decibels more for the weights")
_better_inputs = Assumed(20, "dB", "six decibels more for the inputs")
ex_both = computed(quantizer_error.product_sqnr, first=ex_weights_db, second=ex_inputs_db)
ex_better_weights = computed(quantizer_error.product_sqnr, first=_better_weights, second=ex_inputs_db)
ex_better_inputs = computed(quantizer_error.product_sqnr, first=ex_weights_db, second=_better_inputs)
ex_mix_prompt = Assumed(1024, "token", "prompt of a reasoning request in the exercise")
ex_mix_answer = Assumed(7168, "token", "its answer")
ex_mix_int4 = _cost(_prefill(_two_gpus, "bf16_dense", ex_mix_prompt), ex_mix_answer, ex70_rate_int4)
ex_mix_fp8 = _cost(_prefill(_two_gpus, "fp8_dense", ex_mix_prompt), ex_mix_answer, ex70_rate_fp8)
ex_mix_gain = computed(compare.time_ratio, first=ex_mix_fp8, second=ex_mix_int4)
ex_experts = computed(
    experts.critical_batch_of_experts,
    dense=ridge_w4a16,
    experts=value("models", "deepseek_v3", "experts"),
    active=value("models", "deepseek_v3", "experts_per_token"),
)
ex_flips = Assumed(0.05, "1", "share of the problems that flip in the exercise")
ex_difference = Assumed(0.01, "1", "difference of scores that is to be found")
ex_problems = computed(
    score_differences.problems_needed,
    flips=ex_flips,
    difference=ex_difference,
    errors=Assumed(2, "1", "standard errors by which it is to stand out"),
)
ex_score_error = computed(
    scores.score_error,
    solved=Assumed(0.8, "1", "24 of 30 problems"),
    problems=Assumed(30, "1", "problems of AIME"),
)
