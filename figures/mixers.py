"""From a model's entry in ``figures/data/models.toml`` to the parameters of what mixes its tokens, layer by layer.

Attention of every kind, linear attention, Mamba-2, indexers. Short convolutions, norms and biases are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from figures import data
from figures.data import Datum
from figures.formulas import parameters
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import head_dim, indexer_layers

ONE = Assumed(1, "1", "one of it")
TWO = Assumed(2, "1", "two of it")
FOUR = Assumed(4, "1", "four of it")


def mixers(model: str) -> Iterator[tuple[Source, Source]]:
    """Kinds of token mixing: how many layers have it, and its parameters in one of them.

    Raises:
        DataError: the model lacks a value.
    """
    entry = data.load("models")[model]
    if "csa_layers" in entry:
        yield from _compressed(model)
        return
    mixed = "linear_layers" in entry or "mamba_layers" in entry
    full = data.value("models", model, "full_layers" if mixed or "global_kv_heads" in entry else "layers")
    if entry["attention"] == "MLA":
        yield full, _latent(model)
    elif "global_kv_heads" in entry:
        yield full, _global(model)
        yield data.value("models", model, "window_layers"), _heads(model)
    else:
        yield full, _heads(model)
    if "linear_layers" in entry:
        yield from _linear(model, full)
    if "mamba_layers" in entry:
        yield data.value("models", model, "mamba_layers"), _mamba(model)
    if "indexer_heads" in entry:
        yield indexer_layers(model), _indexer(model)


def _latent(model: str) -> Computed:
    def of(name: str) -> Datum:
        return data.value("models", model, name)

    return computed(
        parameters.latent_attention,
        width=of("hidden_size"),
        query_heads=of("query_heads"),
        query_latent_dim=of("query_latent_dim"),
        latent_dim=of("mla_latent_dim"),
        rope_dim=of("mla_rope_dim"),
        head_dim=of("head_dim"),
        value_dim=of("value_dim"),
    )


def _heads(model: str) -> Computed:
    """Attention with heads of one dimension, or with values of another dimension than keys."""

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    if "value_dim" in data.load("models")[model]:
        return _uneven(model, of("kv_heads"))
    return computed(
        parameters.grouped_attention,
        width=of("hidden_size"),
        query_heads=of("query_heads"),
        kv_heads=of("kv_heads"),
        head_dim=head_dim(model),
    )


def _uneven(model: str, kv_heads: Source) -> Computed:
    """Queries and keys of one dimension, values and outputs of another."""

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    width, key_dim, value_dim = of("hidden_size"), of("head_dim"), of("value_dim")

    def side(count: Source, one: Source) -> Computed:
        return computed(parameters.side_by_side, count=count, width=one)

    queries, heads = of("query_heads"), kv_heads
    return computed(
        parameters.matrices,
        counts=(ONE, ONE, ONE, ONE),
        inputs=(width, width, width, width),
        outputs=(side(queries, key_dim), side(heads, key_dim), side(heads, value_dim), side(queries, value_dim)),
    )


def _global(model: str) -> Computed:
    """Layers that see the whole context, where their heads are not those of the windowed layers.

    Gemma 4 makes keys and values of these layers with one projection.
    """
    entry = data.load("models")[model]

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    if "global_head_dim" not in entry:
        return _uneven(model, of("global_kv_heads"))
    width, one = of("hidden_size"), of("global_head_dim")
    queries = computed(parameters.side_by_side, count=of("query_heads"), width=one)
    keys = computed(parameters.side_by_side, count=of("global_kv_heads"), width=one)
    return computed(
        parameters.matrices,
        counts=(TWO, of("global_kv_projections")),
        inputs=(width, width),
        outputs=(queries, keys),
    )


def _mamba(model: str) -> Computed:
    """Mamba-2: values and gate, both vectors of each group, one step size per head; and the output.

    The convolution, and two scalars per head, are left out.
    """

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    width, heads = of("hidden_size"), of("mamba_heads")
    inner = computed(parameters.side_by_side, count=heads, width=of("mamba_head_dim"))
    groups = computed(parameters.side_by_side, count=of("mamba_groups"), width=of("mamba_state"))
    return computed(
        parameters.matrices,
        counts=(Assumed(3, "1", "values, gate and output"), TWO, ONE),
        inputs=(width, width, width),
        outputs=(inner, groups, heads),
    )


def _linear(model: str, full: Source) -> Iterator[tuple[Source, Source]]:
    """Linear attention with a gated output: queries, keys, values, gate, output and two scalars per value head.

    The full layers of such a model have a gate of the same width as their output. Short convolutions are left out,
    and so is the low-rank projection of Kimi K3's decay: 0.2 of its 104 billion active parameters.
    """

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    width = of("hidden_size")
    keys = computed(parameters.side_by_side, count=of("linear_key_heads"), width=of("linear_key_dim"))
    values = computed(parameters.side_by_side, count=of("linear_value_heads"), width=of("linear_value_dim"))
    each = computed(
        parameters.matrices,
        counts=(TWO, Assumed(3, "1", "values, gate and output"), TWO),
        inputs=(width, width, width),
        outputs=(keys, values, of("linear_value_heads")),
    )
    yield of("linear_layers"), each
    output = "value_dim" if "value_dim" in data.load("models")[model] else "head_dim"
    gate = computed(parameters.matrices, counts=(of("query_heads"),), inputs=(width,), outputs=(of(output),))
    yield full, gate


def _indexer(model: str) -> Computed:
    """The indexer of sparse attention: its queries, one key, and with latent attention one weight per head.

    With latent attention the queries are made of the compressed queries; MiniMax-M3 makes them of the layer's input.
    """
    entry = data.load("models")[model]

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    width = of("hidden_size")
    queries = computed(parameters.side_by_side, count=of("indexer_heads"), width=of("indexer_head_dim"))
    if "query_latent_dim" not in entry:
        return computed(
            parameters.matrices,
            counts=(ONE, ONE),
            inputs=(width, width),
            outputs=(queries, of("indexer_head_dim")),
        )
    return computed(
        parameters.matrices,
        counts=(ONE, ONE, ONE),
        inputs=(of("query_latent_dim"), width, width),
        outputs=(queries, of("indexer_head_dim"), of("indexer_heads")),
    )


def _compressed(model: str) -> Iterator[tuple[Source, Source]]:
    """Compressed attention of DeepSeek-V4: its report, sections 2.3.1 to 2.3.3.

    Both kinds have queries through a latent and a grouped output; CSA has two pairs of matrices for entries and their
    weights, HCA one. The indexer's keys are compressed entries of its own, made like those of CSA.
    """

    def of(name: str) -> Datum:
        return data.value("models", model, name)

    width, entry = of("hidden_size"), of("entry_dim")
    latent = of("query_latent_dim")
    queries = computed(parameters.side_by_side, count=of("query_heads"), width=entry)
    outputs = computed(parameters.side_by_side, count=of("output_groups"), width=of("output_latent_dim"))
    common = computed(
        parameters.matrices,
        counts=(ONE, ONE, ONE, ONE, ONE),
        inputs=(width, latent, queries, outputs, width),
        outputs=(latent, queries, of("output_latent_dim"), width, entry),
    )
    yield of("layers"), common
    compressor = computed(parameters.matrices, counts=(FOUR,), inputs=(width,), outputs=(entry,))
    yield of("csa_layers"), compressor
    keys = computed(parameters.matrices, counts=(FOUR,), inputs=(width,), outputs=(of("indexer_head_dim"),))
    yield of("csa_layers"), keys
    indexer = computed(
        parameters.matrices,
        counts=(ONE, ONE),
        inputs=(latent, width),
        outputs=(
            computed(parameters.side_by_side, count=of("indexer_heads"), width=of("indexer_head_dim")),
            of("indexer_heads"),
        ),
    )
    yield of("csa_layers"), indexer
    yield of("hca_layers"), computed(parameters.matrices, counts=(TWO,), inputs=(width,), outputs=(entry,))
