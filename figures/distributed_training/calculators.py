"""Calculators of the article: memory of a GPU; time, utilization and cost of a run; interval between checkpoints."""

from __future__ import annotations

from figures import data, presets
from figures.calculators import Calculator, Field, Option, Output, Preset
from figures.dense_shapes import dense_shape
from figures.distributed_training import results_memory
from figures.formulas import activations, roofline, training_compute, training_memory, vocabulary
from figures.results import Source

_MODELS = ("llama3_1_8b", "llama3_1_70b", "llama3_1_405b")
_DEFAULT = "llama3_1_405b"


def _models(*fields: str) -> Preset:
    """The dense models whose intermediate size is known."""
    options: dict[str, Option] = {}
    for key in _MODELS:
        shape = dense_shape(key)
        known: dict[str, Source | tuple[Source, ...]] = {
            "layer": shape.layer,
            "active": shape.active,
            "width": shape.width,
            "query_heads": shape.query_heads,
            "kv_heads": shape.kv_heads,
            "head_dim": shape.head_dim,
            "inner": shape.inner,
            "vocabulary": shape.vocabulary,
            "layers": shape.layers,
        }
        options[key] = Option(str(data.load("models")[key]["name"]), {name: known[name] for name in fields})
    return Preset("model", "Model", options, _DEFAULT)


gpu_memory = Calculator(
    "Memory of one GPU in training",
    outputs=(
        Output(training_memory.parameters_on_gpu, "Parameters on the GPU", unit="billion", using={"ranks": "tensor"}),
        Output(training_memory.state_bytes, "Model states", unit="GB", using={"parameters": "parameters_on_gpu"}),
        Output(activations.layer_bytes, "Activations of a layer", unit="GB"),
        Output(activations.micros_in_flight, "Micro-batches in flight"),
        Output(
            activations.stage_bytes,
            "Activations of the first stage",
            unit="GB",
            using={"in_flight": "micros_in_flight", "layer": "layer_bytes"},
        ),
        Output(
            vocabulary.logits_bytes,
            "Loss",
            unit="GB",
            using={"positions": "loss_tokens", "element_bytes": "loss_bytes"},
        ),
        Output(
            training_memory.gpu_bytes,
            "Memory in use",
            unit="GB",
            using={"states": "state_bytes", "activations": "stage_bytes", "loss": "logits_bytes"},
        ),
    ),
    fields=(
        Field("tokens", "Tokens of a micro-batch", 8192, 1, 10_000_000, help="per GPU, after context parallelism"),
        Field("layers", "Layers of the stage", 8, 1, 1000),
        Field("tensor", "Tensor-parallel GPUs", 8, 1, 1024),
        Field("sequence_parallel", "of them with sequence parallelism", 8, 1, 1024, help="the same number, or 1"),
        Field("stages", "Pipeline stages", 16, 1, 1024),
        Field("micros", "Micro-batches", 16, 1, 100_000),
        Field("chunks", "Stages per device", 1, 1, 128, help="1 without interleaving"),
        Field("weight_shards", "GPUs that share weights", 1, 1, 1_000_000, help="all copies with ZeRO-3, else 1"),
        Field("gradient_shards", "GPUs that share gradients", 128, 1, 1_000_000, help="from ZeRO-2 on"),
        Field("optimizer_shards", "GPUs that share optimizer states", 128, 1, 1_000_000, help="from ZeRO-1 on"),
        Field("weight_bytes", "Bytes of a weight", 2, 0.5, 8),
        Field("gradient_bytes", "Bytes of a gradient", 4, 0.5, 8),
        Field("optimizer_bytes", "Optimizer bytes per parameter", 12, 0, 32),
        Field("inner_copies", "Tensors of the intermediate size", 3, 1, 6),
        Field("element_bytes", "Bytes of an activation", 2, 0.5, 4),
        Field("mask_bytes", "Bytes of a dropout mask", 0, 0, 1),
        Field("head_bytes", "Bytes per token and head", 4, 0, 1_000_000, help="4 with FlashAttention, else 5 S"),
        Field("further", "Parameters beside the layers", 0, 0, 1000, unit="billion", help="embedding or output layer"),
        Field("loss_tokens", "Tokens of the loss", 0, 0, 10_000_000, help="0 where the output layer is elsewhere"),
        Field("loss_bytes", "Bytes per logit", results_memory.loss_bytes.value, 0, 32, help="14: three FP32, one BF16"),
        Field("again", "Layer computed again", 0, 0, 10_000, unit="GB"),
        Field("layer", "Parameters of a layer", None, 1, 1_000_000, unit="million"),
        Field("width", "Width", None, 1, 1_000_000),
        Field("query_heads", "Query heads", None, 1, 1000),
        Field("kv_heads", "KV heads", None, 1, 1000),
        presets.HEAD_DIM,
        Field("inner", "Intermediate size", None, 1, 1_000_000),
        Field("vocabulary", "Vocabulary", None, 1, 10_000_000),
    ),
    presets=(_models("layer", "width", "query_heads", "kv_heads", "head_dim", "inner", "vocabulary"),),
)

run_time_and_cost = Calculator(
    "Time, utilization and cost of a run",
    outputs=(
        Output(training_compute.token_operations, "Operations per token"),
        Output(training_compute.run_operations, "Operations of the run", using={"operations": "token_operations"}),
        Output(roofline.achieved, "Rate of all GPUs"),
        Output(training_compute.step_tokens, "Tokens of a step", using={"length": "step_length"}),
        Output(
            training_compute.step_time,
            "Time of a step",
            unit="s",
            using={"operations": "token_operations", "batch": "step_tokens", "rate": "achieved"},
        ),
        Output(training_compute.run_time, "Time", unit="d", using={"operations": "run_operations", "rate": "achieved"}),
        Output(training_compute.gpu_time, "GPU time", unit="h", using={"time": "run_time"}),
        Output(training_compute.run_energy, "Energy", unit="GWh", using={"time": "gpu_time"}),
        Output(training_compute.run_cost, "Price", unit="USD", using={"time": "gpu_time"}),
    ),
    fields=(
        Field("tokens", "Tokens", 15.6e12, 1, 1e16),
        Field("gpus", "GPUs", 16_384, 1, 10_000_000),
        Field("utilization", "MFU", 0.404, 0.01, 1, help="share of the peak, measured over whole steps"),
        Field("goodput", "Time that is kept", 0.9, 0.01, 1, help="share of the time; 1 without failures"),
        Field("sequences", "Sequences of a step", 2048, 1, 10_000_000),
        Field("step_length", "Tokens of a sequence", 8192, 1, 100_000_000),
        Field("sequence", "of them in attention", 8192, 1, 100_000_000, help="less where documents are masked"),
        Field("attended", "Share of pairs counted", 0.5, 0, 1, help="1/2: causal"),
        Field("price", "Price of a GPU", 2, 0, 1000, unit="USD/h"),
        Field("power", "Power per GPU", 1000, 0, 10_000, unit="W", help="with host, network and cooling"),
        Field("active", "Active parameters", None, 0.001, 100_000, unit="billion"),
        Field("layers", "Layers", None, 1, 1000),
        presets.QUERY_HEADS,
        presets.HEAD_DIM,
        Field("peak", "Peak per GPU", None, 0.1, 1e6, unit="TFLOP/s", help="BF16, dense, if a GPU was chosen above"),
    ),
    presets=(_models("active", "layers", "query_heads", "head_dim"), presets.gpus(peak="bf16_dense")),
)
