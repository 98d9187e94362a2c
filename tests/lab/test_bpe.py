"""Byte-pair encoding by hand, and against the library of Hugging Face on our corpus."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pytest
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from figures.lab.tokenizers import bpe, byte_level, pretokenization
from figures.measurements import corpus

RAIN = {"rain": 6, "train": 4, "trail": 3, "rail": 5, "ail": 2}
LETTERS = sorted(set("".join(RAIN)))
PATTERN = "cl100k"
Trainer = Callable[[Mapping[str, int], int, Sequence[str]], list[bpe.Pair]]
Merger = Callable[[str, Mapping[bpe.Pair, int]], list[str]]


def library(merges: int, *texts: str) -> Tokenizer:
    """The other implementation, trained on the same text."""
    (pattern,) = pretokenization.PATTERNS[PATTERN]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(pattern), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=256 + merges, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


@pytest.mark.parametrize("train", [bpe.train_naive, bpe.train])
def test_merges_by_hand(train: Trainer) -> None:
    merges = train(RAIN, 100, LETTERS)
    assert ["+".join(pair) for pair in merges] == ["a+i", "r+ai", "rai+n", "rai+l", "t+rain", "t+rail", "ai+l"]
    ranks = bpe.ranked(merges)
    symbols = [
        sum(
            count * len(bpe.merge_naive(word, {pair: rank for pair, rank in ranks.items() if rank < done}))
            for word, count in RAIN.items()
        )
        for done in range(8)
    ]
    assert symbols == [85, 65, 47, 37, 29, 25, 22, 20]


def test_the_order_of_merges_does_not_give_the_fewest_tokens() -> None:
    merges = bpe.train({"bc": 5, "ab": 4, "cd": 3, "abcd": 1}, 3, list("abcd"))
    assert merges == [("b", "c"), ("a", "b"), ("c", "d")]
    assert bpe.merge("abcd", bpe.ranked(merges)) == ["a", "bc", "d"]  # where ab|cd would do


@pytest.mark.parametrize("merge", [bpe.merge_naive, bpe.merge])
def test_the_earliest_merge_goes_first_and_everywhere(merge: Merger) -> None:
    ranks = {("a", "b"): 1, ("b", "c"): 0}
    assert merge("abcbc", ranks) == ["a", "bc", "bc"]
    assert merge("aaa", {("a", "a"): 0}) == ["aa", "a"]
    assert merge("aaaaa", {("a", "a"): 0, ("aa", "aa"): 1}) == ["aaaa", "a"]
    assert merge("x", ranks) == ["x"]
    assert merge("", ranks) == []


def test_encode_by_hand() -> None:
    vocabulary = ["Ġ", "t", "h", "e", "a", "Ġt", "he", "Ġthe", "aa", ".", "Ċ", "s", "'s"]
    merges = ["Ġ t", "h e", "Ġt he", "a a"]
    assert bpe.encode("the the.", vocabulary, merges, "GPT-2") == [1, 6, 7, 9]


def test_bytes_as_characters() -> None:
    assert byte_level.symbols("a é\n") == "aĠÃ©Ċ"
    assert byte_level.raw("aĠÃ©Ċ").decode() == "a é\n"
    assert sorted(pre_tokenizers.ByteLevel.alphabet()) == byte_level.ALPHABET


@pytest.mark.parametrize("name", pretokenization.PATTERNS)
def test_text_is_cut_as_by_the_library(name: str) -> None:
    cuts = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in pretokenization.PATTERNS[name]]
    cutter = pre_tokenizers.Sequence(cuts)
    for text in corpus.NAMES:
        expected = [piece for piece, _ in cutter.pre_tokenize_str(corpus.read(text))]
        assert pretokenization.pieces(corpus.read(text), name) == expected, text


def test_the_pattern_that_tiktoken_publishes_cuts_alike() -> None:
    possessive = (
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
        r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
    )
    for text in map(corpus.read, corpus.NAMES):
        assert list(pretokenization.cut(text, possessive)) == pretokenization.pieces(text, "cl100k")


def test_merges_and_encodings_equal_those_of_the_library() -> None:
    texts = [corpus.read(name) for name in corpus.NAMES]
    words: Counter[str] = Counter()
    for text in texts:
        words += bpe.counted(text, PATTERN)
    merges = bpe.train(words, 1500)
    other = library(1500, *texts)
    assert merges == [tuple(pair) for pair in json.loads(other.to_str())["model"]["merges"]]
    assert merges[:60] == bpe.train_naive(words, 60)
    ranks = bpe.ranked(merges)
    for text in texts:
        assert list(bpe.tokens(text, ranks, PATTERN)) == other.encode(text).tokens
        assert b"".join(map(byte_level.raw, bpe.tokens(text, ranks, PATTERN))).decode() == text


def test_both_ways_to_merge_agree() -> None:
    words = bpe.counted(corpus.read("ferry_hi") + corpus.read("code_c"), PATTERN)
    ranks = bpe.ranked(bpe.train(words, 400))
    for word in (*words, "".join(words)):
        assert bpe.merge(word, ranks) == bpe.merge_naive(word, ranks)
