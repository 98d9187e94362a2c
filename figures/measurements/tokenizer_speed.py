"""How fast production tokenizers encode: English prose, and as many letters without a space."""

from __future__ import annotations

import importlib.metadata
import random
import time
from collections.abc import Callable, Mapping

from figures import paths
from figures.measurements import corpus, harness
from figures.measurements.vocabularies import LIBRARIES, VOCABULARIES, Encoder

Row = dict[str, float]

FOLDER = paths.FIGURES / "tokenization"
COPIES, SEED, REPETITIONS, WARM_UP = 16, 2026, 5, 1
PROSE, SOLID = 0, 1


def inputs() -> dict[int, str]:
    """Two texts of one length."""
    prose = (corpus.read("ferry_en").strip() + "\n\n") * COPIES
    draw = random.Random(SEED)
    return {PROSE: prose, SOLID: "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=len(prose)))}


def timed(encoders: Mapping[int, Encoder], texts: Mapping[int, str]) -> list[Row]:
    """Processor time of each tokenizer on each text; it counts all threads, and others slow it down little."""

    def call(encoder: Encoder, text: str) -> Callable[[], object]:
        return lambda: encoder.encode(text)

    cases = {(which, kind): call(encoder, text) for which, encoder in encoders.items() for kind, text in texts.items()}
    samples = harness.repeat(
        cases, repetitions=REPETITIONS, warm_up=WARM_UP, clock=time.process_time, others=lambda: 0.0
    )
    return [
        {
            "tokenizer": which,
            "solid": kind,
            "bytes": len(texts[kind].encode()),
            "tokens": len(encoders[which].encode(texts[kind])),
            **sample.columns(),
        }
        for (which, kind), sample in samples.items()
    ]


def measure(commit: str) -> None:
    """Encode both texts with every tokenizer and write the times."""
    harness.write(
        {FOLDER / "speed.csv": timed({n: one.encoder() for n, one in enumerate(VOCABULARIES, 1)}, inputs())},
        module=__spec__.name,
        commit=commit,
        libraries=", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES),
        repetitions=REPETITIONS,
        warm_up=0,
        statistic="median and quartiles of processor time",
        notes={
            "kind": "processor time",
            "clock": "processor time of this process alone, since other processes were running; one warm-up round",
            "seed": str(SEED),
            "tokenizer": "; ".join(f"{n}: {one.name}" for n, one in enumerate(VOCABULARIES, 1))
            + "; packages as in production.csv, called by tiktoken, tokenizers or sentencepiece from Python",
            "columns": f"solid: 0 the English passage {COPIES} times, 1 as many random letters without a space",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
