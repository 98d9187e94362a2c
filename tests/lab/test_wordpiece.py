"""WordPiece by hand, and its encoding against the library of Hugging Face."""

from __future__ import annotations

from tokenizers import Tokenizer, models

from figures.lab.tokenizers import wordpiece
from figures.measurements import corpus

RAIN = {"rain": 6, "train": 4, "trail": 3, "rail": 5, "ail": 2}


def test_the_pair_that_is_most_more_frequent_than_chance_is_merged_first() -> None:
    # t 7 times, then ##r 7 of 7: 7 / (7 · 7); r begins a word 11 times.
    vocabulary = wordpiece.train(RAIN, 3)
    assert vocabulary[: len(set(vocabulary)) - 3] == sorted({"r", "t", "a", "##r", "##a", "##i", "##n", "##l"})
    assert vocabulary[-3:][0] == "tr"


def test_the_longest_piece_is_taken_from_the_left() -> None:
    vocabulary = {"un", "una", "##aff", "##ff", "##able", "a"}
    assert wordpiece.longest_match("unaffable", vocabulary) == ["una", "##ff", "##able"]
    assert wordpiece.longest_match("unaffected", vocabulary) == ["[UNK]"]


def test_encodings_equal_those_of_the_library() -> None:
    words = dict.fromkeys(corpus.read("ferry_de").split(), 1)
    vocabulary = ["[UNK]", *wordpiece.train(words, 120)]
    numbers = {piece: number for number, piece in enumerate(vocabulary)}
    other = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]"))
    for word in (*words, *corpus.read("ferry_en").split()):
        assert wordpiece.longest_match(word, numbers) == other.encode(word).tokens
