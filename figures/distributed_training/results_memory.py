"""Numbers on memory: states, activations, the ledger against published peaks, and the worked example."""

from __future__ import annotations

from figures.data import value
from figures.dense_shapes import dense_shape
from figures.formulas import activations, compare, model, parameters, training_memory, vocabulary
from figures.results import Assumed, Computed, Source, computed

one = Assumed(1, "1", "not split")
none = Assumed(0, "1", "none of it")
two = Assumed(2, "1", "two of it")
bf16 = Assumed(2, "B", "BF16")
fp32 = Assumed(4, "B", "FP32")
adam = Assumed(12, "B", "Adam: FP32 copy, momentum and variance of a parameter")
moments = Assumed(8, "B", "momentum and variance in FP32; the weights are FP32 already")
no_mask = Assumed(0, "B", "no dropout")
mask = Assumed(1, "B", "one element of a dropout mask")
flash = Assumed(4, "B", "FlashAttention keeps one logarithm in FP32 per token and head")
gated = Assumed(4, "1", "gate, up, activated gate and product are kept")
fused = Assumed(3, "1", "the activated gate is computed again")
lean = Assumed(2, "1", "gate and up only; the rest is computed again")
plain = Assumed(2, "1", "before and after GELU")

# One copy of a model with 7.5 billion parameters, as in the paper on ZeRO.
zero_parameters = Assumed(7.5e9, "1", "the example of the paper on ZeRO")
zero_gpus = Assumed(64, "1", "the example of the paper on ZeRO")


def states(
    count: Source,
    weight: Source,
    gradient: Source,
    optimizer: Source,
    shards: tuple[Source, Source, Source],
) -> Computed:
    """Model states with these bytes and shards of weights, gradients and optimizer states."""
    return computed(
        training_memory.state_bytes,
        parameters=count,
        weight_bytes=weight,
        gradient_bytes=gradient,
        optimizer_bytes=optimizer,
        weight_shards=shards[0],
        gradient_shards=shards[1],
        optimizer_shards=shards[2],
    )


zero_0 = states(zero_parameters, bf16, bf16, adam, (one, one, one))
zero_1 = states(zero_parameters, bf16, bf16, adam, (one, one, zero_gpus))
zero_2 = states(zero_parameters, bf16, bf16, adam, (one, zero_gpus, zero_gpus))
zero_3 = states(zero_parameters, bf16, bf16, adam, (zero_gpus, zero_gpus, zero_gpus))

_ONE_PARAMETER = Assumed(1, "1", "one parameter")
mixed_adam = states(_ONE_PARAMETER, bf16, bf16, adam, (one, one, one))

# Activations per token of a layer.
llama8 = dense_shape("llama3_1_8b")
llama70 = dense_shape("llama3_1_70b")
llama405 = dense_shape("llama3_1_405b")
sequence = Assumed(8192, "1", "tokens of a sequence")


def layer(
    shape_tokens: Source,
    copies: Source = gated,
    *,
    shape: str = "llama3_1_8b",
    tensor: Source = one,
    head_bytes: Source = flash,
) -> Computed:
    """Activations of a layer of a Llama; with tensor parallelism, sequence parallelism too."""
    found = dense_shape(shape)
    return computed(
        activations.layer_bytes,
        tokens=shape_tokens,
        width=found.width,
        query_heads=found.query_heads,
        kv_heads=found.kv_heads,
        head_dim=found.head_dim,
        inner=found.inner,
        inner_copies=copies,
        element_bytes=bf16,
        mask_bytes=no_mask,
        head_bytes=head_bytes,
        tensor=tensor,
        sequence_parallel=tensor,
    )


layer_8b = layer(one)
layer_8b_lean = layer(one, lean)
_scores = Assumed(5 * 8192, "B", "5 bytes for each of 8,192 tokens: softmax, mask, masked softmax")
layer_8b_scores = layer(one, head_bytes=_scores)
scores_factor = computed(compare.size_ratio, first=layer_8b_scores, second=layer_8b)


def megatron_layer(shape_tokens: Source, width: Source, heads: Source, head_dim: Source, scores: Source) -> Computed:
    """The layer of 2022: multi-head attention, GELU, dropout."""
    return computed(
        activations.layer_bytes,
        tokens=shape_tokens,
        width=width,
        query_heads=heads,
        kv_heads=heads,
        head_dim=head_dim,
        inner=computed(compare.scaled_count, factor=_FOUR, count=width),
        inner_copies=plain,
        element_bytes=bf16,
        mask_bytes=mask,
        head_bytes=scores,
        tensor=one,
        sequence_parallel=one,
    )


_FOUR = Assumed(4, "1", "an intermediate size four times the width")

# The loss of a large vocabulary: 32,768 tokens of Llama 3.1 8B.
long_tokens = Assumed(32_768, "1", "tokens of a sequence on one GPU")
loss_bytes = Assumed(14, "B", "three FP32 tensors and one in BF16 of the size of the logits")
logits_32k = computed(
    vocabulary.logits_bytes, positions=long_tokens, vocabulary=llama8.vocabulary, element_bytes=loss_bytes
)
torchtitan_gpus = Assumed(8, "1", "GPUs of the published run")
many_gpus = Assumed(128, "1", "GPUs of the published run")
states_8 = states(llama8.total, fp32, fp32, moments, (torchtitan_gpus, torchtitan_gpus, torchtitan_gpus))
states_128 = states(llama8.total, fp32, fp32, moments, (many_gpus, many_gpus, many_gpus))
checkpoint_8b = computed(
    activations.checkpoint_bytes,
    tokens=long_tokens,
    width=llama8.width,
    element_bytes=bf16,
    sequence_parallel=one,
)
checkpoints_8b = computed(activations.stage_bytes, layers=llama8.layers, in_flight=one, layer=checkpoint_8b)
again_8b = layer(long_tokens)
peak_8b = computed(
    training_memory.gpu_bytes, states=states_8, activations=checkpoints_8b, loss=logits_32k, again=again_8b
)
loss_share = computed(compare.size_ratio, first=logits_32k, second=peak_8b)


_NO_BYTES = Assumed(0, "B", "not on this GPU, or not computed again")


def peak(held: Source, kept: Source) -> Computed:
    """States and activations of a stage without output layer."""
    return computed(training_memory.gpu_bytes, states=held, activations=kept, loss=_NO_BYTES, again=_NO_BYTES)


# Peaks of pipelines: Qi et al.
_PER_SCORE = Assumed(5, "B", "softmax, mask and masked softmax of one pair of tokens")
_QI_SEQUENCE = Assumed(1024, "1", "tokens of a sequence in Qi et al., Table 3")


def pipeline_peak(case: str, factor: Source) -> Computed:
    """States and activations of the first stage of a published pipeline."""

    def of(name: str) -> Source:
        return value("pipelines", case, name)

    tokens = computed(compare.scaled_count, factor=of("sequences"), count=_QI_SEQUENCE)
    head_dim = computed(compare.count_ratio, first=of("width"), second=of("heads"))
    scores = computed(model.weight_bytes, parameters=_QI_SEQUENCE, parameter_bytes=_PER_SCORE)
    each = megatron_layer(tokens, of("width"), of("heads"), head_dim, scores)
    held = computed(activations.stage_bytes, layers=of("layers"), in_flight=factor, layer=each)
    own = computed(compare.count_ratio, first=of("parameters"), second=of("devices"))
    return peak(states(own, bf16, bf16, adam, (one, one, one)), held)


# Llama 3 405B on 16,384 GPUs: tensor 8, pipeline 16, data 128.
tensor = Assumed(8, "1", "tensor-parallel GPUs of Llama 3's 16K configuration")
stages = Assumed(16, "1", "pipeline stages of Llama 3's 16K configuration")
copies = Assumed(128, "1", "data-parallel copies of Llama 3's 16K configuration")
micros = Assumed(16, "1", "micro-batches of one sequence per copy and step")
stage_layers = Assumed(8, "1", "126 layers over 16 stages, rounded up")
chunks = Assumed(8, "1", "one layer per chunk; the report does not state the number")
stage_parameters = computed(
    training_memory.parameters_on_gpu, layers=stage_layers, layer=llama405.layer, further=none, ranks=tensor
)
llama_states = states(stage_parameters, bf16, fp32, adam, (one, copies, copies))
llama_states_unsplit = states(stage_parameters, bf16, fp32, adam, (one, one, copies))
llama_in_flight = computed(activations.micros_in_flight, stages=stages, micros=micros, chunks=one)


def llama_activations(kept: Source) -> Computed:
    """Activations of the first stage without checkpoints."""
    each = layer(sequence, kept, shape="llama3_1_405b", tensor=tensor)
    return computed(activations.stage_bytes, layers=stage_layers, in_flight=llama_in_flight, layer=each)


llama_full = llama_activations(gated)
llama_fused = llama_activations(fused)
llama_lean = llama_activations(lean)
llama_checkpoints = computed(
    activations.stage_bytes,
    layers=stage_layers,
    in_flight=llama_in_flight,
    layer=computed(
        activations.checkpoint_bytes,
        tokens=sequence,
        width=llama405.width,
        element_bytes=bf16,
        sequence_parallel=tensor,
    ),
)
llama_peak = peak(llama_states, llama_fused)
llama_peak_lean = peak(llama_states, llama_lean)
# DeepSeek-V3 on 2,048 H800: pipeline 16, experts over 64, ZeRO-1, two stages per device with DualPipe.
_v3 = "deepseek_v3"


def _of_v3(name: str) -> Source:
    return value("models", _v3, name)


_v3_expert = computed(parameters.gated_feed_forward, width=_of_v3("hidden_size"), inner=_of_v3("expert_size"))
_v3_attention = computed(
    parameters.latent_attention,
    width=_of_v3("hidden_size"),
    query_heads=_of_v3("query_heads"),
    query_latent_dim=_of_v3("query_latent_dim"),
    latent_dim=_of_v3("mla_latent_dim"),
    rope_dim=_of_v3("mla_rope_dim"),
    head_dim=_of_v3("head_dim"),
    value_dim=_of_v3("value_dim"),
)
v3_stage_layers = Assumed(4, "1", "61 layers over 16 stages, rounded up")
_v3_stages = value("training_runs", "deepseek_v3_cluster", "stages")
_v3_ranks = value("training_runs", "deepseek_v3_cluster", "expert_ranks")
_v3_copies = computed(
    compare.count_ratio, first=value("training_runs", "deepseek_v3_cluster", "gpus"), second=_v3_stages
)
_v3_expert_copies = computed(compare.count_ratio, first=_v3_copies, second=_v3_ranks)
v3_expert_parameters = computed(
    training_memory.parameters_on_gpu,
    layers=v3_stage_layers,
    layer=computed(compare.scaled_count, factor=_of_v3("experts"), count=_v3_expert),
    further=none,
    ranks=_v3_ranks,
)
v3_other_parameters = computed(
    training_memory.parameters_on_gpu,
    layers=v3_stage_layers,
    layer=computed(parameters.always_active, counts=(one, one), parts=(_v3_attention, _v3_expert)),
    further=none,
    ranks=one,
)
v3_expert_states = states(v3_expert_parameters, bf16, fp32, adam, (one, one, _v3_expert_copies))
v3_other_states = states(v3_other_parameters, bf16, fp32, adam, (one, one, _v3_copies))
v3_routed_token = computed(
    activations.routed_bytes,
    tokens=one,
    active=_of_v3("experts_per_token"),
    width=_of_v3("hidden_size"),
    inner=_of_v3("expert_size"),
    inner_copies=gated,
    element_bytes=bf16,
)
h100_memory = value("hardware", "nvidia_h100_80gb_sxm", "memory_capacity")
