"""What production tokenizers make of our texts: tokens by language, of code, numbers and spaces; their vocabularies."""

from __future__ import annotations

import importlib.metadata
import random
import unicodedata
from collections.abc import Iterator, Mapping

from figures import paths
from figures.lab.tokenizers import pretokenization
from figures.measurements import corpus, harness
from figures.measurements.vocabularies import BYTES, LIBRARIES, VOCABULARIES, Encoder, Vocabulary

Row = dict[str, float]

FOLDER = paths.FIGURES / "tokenization"
SEED, DRAWN, DIGITS, SPACES = 2026, 100, 12, 32
PAIRS = ("GPT-2", "cl100k", "o200k", "Llama 2", "Mistral v3", "Tekken", "Llama 3.1", "Qwen3", "Qwen3.6", "DeepSeek V4")


def number(vocabulary: Vocabulary) -> int:
    """The tokenizer's number in data files."""
    return VOCABULARIES.index(vocabulary) + 1


def texts() -> list[Row]:
    """The size of each text; words are what white space separates, and 0 where a script writes none."""
    rows: list[Row] = []
    for name in corpus.NAMES:
        text = corpus.read(name)
        spaced = name.removeprefix("ferry_") not in corpus.UNSPACED
        rows.append(
            {
                "text": corpus.number(name),
                "bytes": len(text.encode()),
                "characters": len(text),
                "words": len(text.split()) if spaced else 0,
            }
        )
    return rows


def counted(which: int, encoder: Encoder) -> Iterator[Row]:
    """Tokens of each text, and whether they give it back."""
    for name in corpus.NAMES:
        text = corpus.read(name)
        tokens = encoder.encode(text)
        yield {
            "tokenizer": which,
            "text": corpus.number(name),
            "tokens": len(tokens),
            "same": int(encoder.decode(tokens) == text),
        }


def cuts() -> list[Row]:
    """Pieces of each text under each pattern: no tokenizer that cuts by it gives fewer tokens."""
    return [
        {"pattern": place, "text": corpus.number(text), "pieces": len(pretokenization.pieces(corpus.read(text), name))}
        for place, name in enumerate(pretokenization.PATTERNS, 1)
        for text in corpus.NAMES
    ]


def written(tokens: int, digits: int) -> list[str]:
    """Random numbers of so many digits, the first not 0."""
    draw = random.Random(SEED + digits)
    return [str(draw.randrange(10 ** (digits - 1), 10**digits)) for _ in range(tokens)]


def extra(encoder: Encoder, text: str, around: tuple[str, str] = ("x\n", "y")) -> int:
    """Tokens that ``text`` adds between two lines."""
    before, after = around
    return len(encoder.encode(before + text + after)) - len(encoder.encode(before + after))


def lengths(which: int, encoder: Encoder) -> Iterator[Row]:
    """Mean tokens of a number by its digits, written after an equals sign."""
    for digits in range(1, DIGITS + 1):
        found = [extra(encoder, value, ("total =", "")) for value in written(DRAWN, digits)]
        yield {"tokenizer": which, "digits": digits, "tokens": sum(found) / len(found)}


def indented(which: int, encoder: Encoder) -> Iterator[Row]:
    """Tokens that spaces at the start of a line add."""
    for spaces in range(1, SPACES + 1):
        yield {"tokenizer": which, "spaces": spaces, "tokens": extra(encoder, " " * spaces)}


def described(which: int, vocabulary: Vocabulary, encoder: Encoder) -> Row:
    """One vocabulary: how many tokens of which kind, what it does with digits, control tokens and accents."""
    pieces = encoder.pieces()
    strings = set(pieces.values())
    passage = corpus.read("ferry_vi")
    return {
        "tokenizer": which,
        "pieces": len(pieces),
        "broken": sum(1 for piece in pieces.values() if not _decodes(piece)),
        "blank": sum(1 for piece in pieces.values() if piece and not piece.strip(b" ")),
        "longest": max(map(len, pieces.values()), default=0),
        "three_digits": sum(1 for n in range(1000) if f"{n:03}".encode() in strings),
        "control": encoder.marked(f"a {vocabulary.control} b"),
        "nfc": len(encoder.encode(passage)),
        "nfd": len(encoder.encode(unicodedata.normalize("NFD", passage))),
    }


def _decodes(piece: bytes) -> bool:
    try:
        piece.decode()
    except UnicodeDecodeError:
        return False
    return True


def unreachable(which: int, encoder: Encoder) -> Row:
    """Tokens whose own text becomes other tokens, among those that are text by themselves."""
    pieces = {n: piece for n, piece in encoder.pieces().items() if _decodes(piece)}
    lost = [piece.decode() for n, piece in pieces.items() if encoder.encode(piece.decode()) != [n]]
    composed = sum(1 for text in lost if unicodedata.normalize("NFC", text) != text)
    return {"tokenizer": which, "whole": len(pieces), "unreachable": len(lost), "not_nfc": composed}


def shared(encoders: Mapping[str, Encoder]) -> list[Row]:
    """Byte strings that two vocabularies have in common."""
    sets = {name: set(encoders[name].pieces().values()) for name in PAIRS}
    numbers = {vocabulary.name: number(vocabulary) for vocabulary in VOCABULARIES}
    return [
        {"first": numbers[one], "second": numbers[other], "size": len(sets[one]), "both": len(sets[one] & sets[other])}
        for one in PAIRS
        for other in PAIRS
        if one != other
    ]


def packages() -> str:
    """Every package with its version, licence and the digest of the file that was read."""
    return "; ".join(
        f"{number(one)}: {one.name} ({one.kind}), {one.package.registry} {one.package.name} {one.package.version}, "
        f"{one.package.licence}, {one.package.file.rpartition('/')[2]}, SHA-256 {one.package.sha256}"
        for one in VOCABULARIES
    )


def measure(commit: str) -> None:
    """Encode everything with everything and write what came of it."""
    encoders = {one.name: one.encoder() for one in VOCABULARIES}
    named = [(number(one), encoders[one.name]) for one in VOCABULARIES]
    harness.write(
        {
            FOLDER / "texts.csv": texts(),
            FOLDER / "production.csv": [row for which, encoder in named for row in counted(which, encoder)],
            FOLDER / "cuts.csv": cuts(),
            FOLDER / "number_lengths.csv": [row for which, encoder in named for row in lengths(which, encoder)],
            FOLDER / "indents.csv": [row for which, encoder in named for row in indented(which, encoder)],
            FOLDER / "vocabularies.csv": [described(number(v), v, encoders[v.name]) for v in VOCABULARIES],
            FOLDER / "unreachable.csv": [
                unreachable(number(v), encoders[v.name]) for v in VOCABULARIES if v.kind == BYTES
            ],
            FOLDER / "shared_tokens.csv": shared(encoders),
        },
        module=__spec__.name,
        commit=commit,
        libraries=", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES),
        repetitions=1,
        warm_up=0,
        statistic="counts; mean over random numbers in number_lengths",
        notes={
            "kind": "counts",
            "seed": str(SEED),
            "tokenizer": packages(),
            "text": "; ".join(f"{corpus.number(name)}: {corpus.title(name)}" for name in corpus.NAMES)
            + "; files in figures/measurements/corpus, one passage in 18 languages and 11 other texts",
            "pattern": "; ".join(f"{place}: {name}" for place, name in enumerate(pretokenization.PATTERNS, 1)),
            "columns": "words: separated by white space, 0 where the script writes none; tokens: without marks at the "
            "ends; same: decoding gives the text back; pieces (cuts): pieces before merging; number_lengths: mean over "
            f"{DRAWN} random numbers behind an equals sign; indents: tokens that spaces at the start of a line "
            "add; pieces (vocabularies): ordinary tokens; broken: of them no whole UTF-8; blank: of spaces alone; "
            "longest: bytes; three_digits: of 1000 strings that are one token; control: what the plain call of the "
            "package's library makes of a control token's name in text, 0: text, 1: the token, 2: an error; nfc, nfd: "
            "tokens of the Vietnamese passage in both normal forms; whole: tokens that are whole UTF-8; unreachable: "
            "of them encoded otherwise when alone; not_nfc: of those not in NFC; both: byte strings "
            "in both vocabularies",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
