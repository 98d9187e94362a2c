"""The exercises and worked examples of the article on tokenization, by counting and by hand."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections import Counter
from fractions import Fraction

import pytest

from figures import data, paths
from figures.data import Datum
from figures.lab.tokenizers import boundaries, bpe, pretokenization, unigram
from figures.measurement import read
from figures.measurements import corpus
from figures.results import load
from figures.tokenization import patterns
from figures.tokenization.results_text import TEXTS, TOKENIZERS, count, paid, per_token

RESULTS = load("tokenization")
TOY = {"rain": 6, "rail": 5, "train": 4, "trail": 3, "ail": 2}


def value(name: str) -> float:
    return RESULTS[name].value


def left(words: dict[str, int], merges: list[tuple[str, str]]) -> list[int]:
    """Symbols of a corpus before any merge and after each."""
    found = []
    for learnt in range(len(merges) + 1):
        ranks = bpe.ranked(merges[:learnt])
        found.append(sum(count * len(bpe.merge(word, ranks)) for word, count in words.items()))
    return found


def test_the_example_of_seven_merges() -> None:
    merges = bpe.train(TOY, 7, "abcdefghijklmnopqrstuvwxyz")
    assert [first + second for first, second in merges] == ["ai", "rai", "rain", "rail", "train", "trail", "ail"]
    symbols = left(TOY, merges)
    assert symbols == [85, 65, 47, 37, 29, 25, 22, 20]
    assert [before - after for before, after in itertools.pairwise(symbols)] == [20, 18, 10, 8, 4, 3, 2]
    assert sum(count for word, count in TOY.items() if "in" in word) == 10


def test_merging_in_order_is_not_the_fewest_tokens() -> None:
    merges = bpe.train({"bc": 5, "ab": 4, "cd": 3, "abcd": 1}, 3, "abcd")
    assert merges == [("b", "c"), ("a", "b"), ("c", "d")]
    assert bpe.merge("abcd", bpe.ranked(merges)) == ["a", "bc", "d"]


def test_scores_of_wordpiece() -> None:
    single = Counter({letter: sum(word.count(letter) * n for word, n in TOY.items()) for letter in "ainrlt"})
    double: Counter[str] = Counter()
    for word, n in TOY.items():
        for pair in itertools.pairwise(word):
            double["".join(pair)] += n
    scores = {pair: Fraction(n, single[pair[0]] * single[pair[1]]) for pair, n in double.items()}
    assert scores["ai"] == Fraction(1, 20)
    assert max(scores, key=lambda pair: scores[pair]) == "tr"
    assert scores["tr"] == Fraction(1, 18)
    after = {word.replace("tr", "T"): n for word, n in TOY.items()}
    single = Counter({letter: sum(word.count(letter) * n for word, n in after.items()) for letter in "Tainrlt"})
    double = Counter(
        {pair: sum(word.count(pair) * n for word, n in after.items()) for pair in ("ra", "Ta", "ai", "in", "il")}
    )
    assert {Fraction(n, single[pair[0]] * single[pair[1]]) for pair, n in double.items()} == {Fraction(1, 20)}


def test_rounds_of_expectation_maximization() -> None:
    p = {"a": Fraction(1, 3), "b": Fraction(1, 3), "ab": Fraction(1, 3)}
    posteriors, likelihoods = [], []
    for _ in range(3):
        whole, parts = p["ab"], p["a"] * p["b"]
        likelihoods.append(4 * math.log(whole + parts) + 2 * math.log(p["a"]))
        posteriors.append(whole / (whole + parts))
        counts = {"ab": 4 * posteriors[-1], "b": 4 * (1 - posteriors[-1]), "a": 4 * (1 - posteriors[-1]) + 2}
        p = {piece: count / sum(counts.values()) for piece, count in counts.items()}
    assert posteriors[:2] == [Fraction(3, 4), Fraction(7, 8)]
    assert likelihoods == pytest.approx([-5.44, -4.55, -4.17], abs=0.005)
    assert 4 * math.log(2 / 3) + 2 * math.log(1 / 3) == pytest.approx(-3.82, abs=0.005)


def test_the_end_of_a_prompt() -> None:
    def model(written: tuple[str, ...]) -> dict[str, float]:
        after_a = written and written[-1] == "a"  # an a that another a follows
        if after_a:
            return {"a": 0.6, "ab": 0.4}
        return {"a": 0.36, "ab": 0.24, "b": 0.4}

    assert boundaries.after_tokens(("a",), "ab", model)["b"] == 0
    assert boundaries.next_letter("a", "ab", model)["b"] == pytest.approx(0.4)


def test_larger_vocabulary() -> None:
    rest = 2 * (8e9 - 2 * 128_256 * 4096)
    assert value("body") == pytest.approx(rest, rel=1e-3)
    assert value("llama3_output") == 2 * 128_256 * 4096
    assert value("llama3_break_even") == pytest.approx((13.9e9 + 1.0506e9) / (13.9e9 + 0.2621e9), rel=1e-4)
    assert value("llama3_left") == pytest.approx(value("llama3_break_even") * 3.17 / 3.94)
    assert value("llama3_logits") == 8192 * 128_256 * 4
    assert value("tao_size") == pytest.approx(3_145_728 * (7000 / 33) ** 0.8354 / 4096, rel=1e-3)


def test_where_a_character_costs_least() -> None:
    def per_character(size: float, others: float, cached: float = 0) -> float:
        log = math.log(size)
        tokens = 0.00639222 * log * log - 0.15811069 * log + 1.20470122
        return (others + size * 4096 + cached * tokens) * tokens

    others = 8e9 - 2 * 128_256 * 4096
    sizes = range(20_000, 200_000, 100)
    best = min(sizes, key=lambda size: per_character(size, others))
    assert value("best_llama") == pytest.approx(best, abs=100)
    assert value("excess_llama") == pytest.approx(per_character(128_256, others) / per_character(best, others))
    assert value("excess_llama_old") == pytest.approx(per_character(32_000, others) / per_character(best, others))
    served = min(sizes, key=lambda size: per_character(size, others + 2 * 32 * 131_072 * 8192 / 2))
    assert value("best_traffic") == pytest.approx(served, abs=100)
    # The same with a cache of fixed content: half of those parameters, in proportion to the tokens per character.
    log = math.log(served)
    content = 32 * 131_072 * 8192 / 2 / (0.00639222 * log * log - 0.15811069 * log + 1.20470122)
    assert served == pytest.approx(min(sizes, key=lambda size: per_character(size, others, content)), abs=200)


def test_claims_in_words_about_what_was_measured() -> None:
    found = read(paths.FIGURES / "tokenization" / "vocabularies.csv")
    asked = Counter(int(row["control"]) for row in found.rows)
    assert asked == {0: 3, 1: 8, 2: 3}
    names = {int(row["tokenizer"]): int(row["control"]) for row in found.rows}
    assert [TOKENIZERS[name] for name in ("GPT-2", "cl100k", "o200k")] == [n for n, how in names.items() if how == 2]
    assert [TOKENIZERS[name] for name in ("Llama 2", "Mistral v3", "Tekken")] == [
        n for n, how in names.items() if how == 0
    ]
    english = {name: per_token(name, "English").value for name in TOKENIZERS if name != "BERT"}
    assert min(english.values()) == english["Llama 2"]
    assert max(english.values()) == english["o200k"]
    languages = list(TEXTS)[:18]
    assert max(languages, key=lambda name: paid("o200k", name).value) == "Greek"
    assert all(paid(name, "Chinese").value < 1 for name in ("Qwen3", "Qwen3.6", "DeepSeek V4"))


def test_indents_are_over_half_of_what_python_gained() -> None:
    code = corpus.read("code_python")
    saved = sum(len(run) - 2 for run in re.findall(r"^ {2,}(?=\S)", code, re.M))  # a run of n: n - 1 tokens, then 1
    gained = count("GPT-2", "Python").value - count("cl100k", "Python").value
    assert 0.5 * gained < saved < gained


def test_a_service_in_hindi() -> None:
    per_word = 258 / 230
    assert value("window_words_en") == pytest.approx(131_072 / per_word, abs=1)
    assert value("window_words_hi") == pytest.approx(131_072 / per_word / (578 / 258), abs=1)
    assert value("premium_hi_llama31") == pytest.approx(578 / 258, rel=1e-9)
    assert value("rate_two") > value("rate_one")


def test_patches() -> None:
    per_token = value("bpt_en_llama31")
    token = (13.9e9 + 2 * 128_256 * 4096) / per_token
    assert 13.9e9 / value("patch_en") + 0.5e9 == pytest.approx(token)
    assert 13.9e9 / value("patch_free") == pytest.approx(token)
    assert value("patch_sw") == pytest.approx(2.68, abs=0.01)
    assert 4.5 < value("patch_mix") < 6.1  # the patches that were measured
    assert 13.9e9 / value("patch_mix") + 0.5e9 == pytest.approx((13.9e9 + 2 * 128_256 * 4096) / 4.4)


def test_premiums_against_a_public_corpus() -> None:
    found = {}
    for key, tokenizer in (("flores_cl100k", "cl100k"), ("flores_gpt2", "GPT-2"), ("flores_llama", "Llama 2")):
        published = {n: one.value for n, one in data.load("token_counts")[key].items() if isinstance(one, Datum)}
        for language in published.keys() - {"english", "shan"}:
            ours = paid(tokenizer, language.capitalize()).value
            found[language, tokenizer] = ours / (published[language] / published["english"]) - 1
    others = [gap for (language, _), gap in found.items() if language != "thai"]
    assert len(found) == 3 * 16
    assert max(map(abs, others)) < 1 / 7
    assert -0.24 < found["thai", "GPT-2"] < -0.2
    assert sum(gap < 0 for gap in found.values()) > 0.75 * len(found)


def test_exercise_bytes() -> None:
    composed = unicodedata.normalize("NFC", "naïve 🙂")
    assert (len(composed), len(composed.encode())) == (7, 11)
    decomposed = unicodedata.normalize("NFD", composed)
    assert (len(decomposed), len(decomposed.encode())) == (8, 12)


def test_exercise_merges() -> None:
    words = {"sea": 5, "seas": 2, "east": 3, "eat": 4}
    merges = bpe.train(words, 3, "aest")
    assert merges == [("e", "a"), ("s", "ea"), ("ea", "t")]
    assert left(words, merges) == [47, 33, 26, 22]
    assert bpe.merge("seat", bpe.ranked(merges)) == ["sea", "t"]
    rest = Counter(
        pair
        for word, count in words.items()
        for pair in itertools.pairwise(bpe.merge(word, bpe.ranked(merges)))
        for _ in range(count)
    )
    assert [count for _, count in rest.most_common(3)] == [3, 3, 2]  # a tie


def test_exercise_visits() -> None:
    def cost(first: int, last: int, merges: int) -> tuple[int, int]:
        return first - last, merges * last  # places visited, symbols read at least

    words = dict.fromkeys(bpe.counted(corpus.read("ferry_en"), "cl100k"), 1)  # distinct pieces, as both trainers keep
    merges = bpe.train(words, 60)
    symbols = left(words, merges)
    places = [
        sum(
            bpe.merge(word, bpe.ranked(merges[: learnt + 1])).count("".join(pair))
            - bpe.merge(word, bpe.ranked(merges[:learnt])).count("".join(pair))
            for word in words
        )
        for learnt, pair in enumerate(merges)
    ]
    visited, read_at_least = cost(symbols[0], symbols[-1], len(merges))
    assert sum(places) == visited
    assert sum(symbols[:-1]) > read_at_least > visited
    visited, read_at_least = cost(10_000_000, 2_500_000, 100_000)
    assert (visited, read_at_least) == (7_500_000, 250_000_000_000)
    assert read_at_least / visited > 3e4


def test_exercise_worth_of_a_piece() -> None:
    scores = {piece: math.log(p) for piece, p in {"a": 0.4, "b": 0.2, "ab": 0.15, "aa": 0.25}.items()}
    assert unigram.viterbi("aab", scores) == ["a", "ab"]
    assert math.exp(unigram.forward("aab", scores)[-1]) == pytest.approx(0.142)
    best = 0.4 * 0.15
    assert best / 0.142 == pytest.approx(0.42, abs=0.005)
    without = {piece: score for piece, score in scores.items() if piece != "ab"}
    assert unigram.viterbi("aab", without) == ["aa", "b"]
    assert math.log(best) - math.log(0.25 * 0.2) == pytest.approx(0.18, abs=0.005)
    assert unigram.losses({"aab": 1}, scores)["ab"] == pytest.approx(0.81, abs=0.005)


def test_what_a_piece_of_the_example_is_worth() -> None:
    third = dict.fromkeys(("a", "b", "ab"), math.log(1 / 3))
    by_hand = 4 * (math.log(4 / 6) - math.log(6 / 10) - math.log(4 / 10))
    assert by_hand == pytest.approx(4.09, abs=0.005)
    assert unigram.losses({"ab": 4, "a": 2}, third)["ab"] == pytest.approx(by_hand)


def test_exercise_counts() -> None:
    ranks = bpe.ranked([("a", "b"), ("c", "b"), ("a", "c"), ("b", "b"), ("cb", "b"), ("a", "cbb")])
    assert bpe.merge("abacb", ranks) == ["ab", "a", "cb"]
    assert bpe.merge("abacbb", ranks) == ["ab", "acbb"]


def test_what_the_figure_of_patterns_says() -> None:
    cut = {name: pretokenization.pieces(patterns.TEXT, name) for name in patterns.NAMES}
    assert all("".join(pieces) == patterns.TEXT for pieces in cut.values())
    assert {"1234", "\u0301", "();", "\n\n"} <= set(cut["GPT-2"])
    assert "\u0301s" in cut["cl100k"]
    assert {"It's", " cafe\u0301s", " my", "Table"} <= set(cut["o200k"])
    assert {"1", "2", "3", "4"} <= set(cut["Qwen3"]) & set(cut["Qwen3.5"])


def test_exercise_expectation_maximization() -> None:
    quarter = Fraction(1, 4)
    ways = {("a", "a", "b"): quarter**3, ("aa", "b"): quarter**2, ("a", "ab"): quarter**2}
    assert sum(ways.values()) == Fraction(9, 64)
    counts: Counter[str] = Counter()
    expected = {piece: Fraction(0) for piece in ("a", "b", "ab", "aa")}
    for pieces, chance in ways.items():
        counts.update(pieces)
        for piece in pieces:
            expected[piece] += chance / Fraction(9, 64)
    assert expected == {"a": Fraction(6, 9), "b": Fraction(5, 9), "ab": Fraction(4, 9), "aa": Fraction(4, 9)}
    assert expected["a"] / sum(expected.values()) == Fraction(6, 19)


def test_exercise_small_model() -> None:
    needed = (2e9 + 2 * 262_144 * 2048) / (2e9 + 2 * 32_000 * 2048)
    assert value("ex_small_break_even") == pytest.approx(needed)
    assert value("ex_small_english") < needed < value("ex_small_hindi")


def test_exercise_prices() -> None:
    assert value("ex_price_en") * 2 / 3 == pytest.approx(0.66, abs=0.005)
    assert value("ex_price_hi") * 2 / 3 == pytest.approx(2.37, abs=0.005)


def test_exercise_end_of_a_prompt() -> None:
    def model(written: tuple[str, ...]) -> dict[str, float]:
        return {"b": 1.0} if written and written[-1] == "a" else {"aa": 0.25, "a": 0.25, "b": 0.5}

    assert boundaries.next_letter("a", "ab", model) == pytest.approx({"a": 0.5, "b": 0.5})
    assert boundaries.after_tokens(("a",), "ab", model)["b"] == 1


def test_exercise_digits() -> None:
    def from_right(digits: str) -> list[str]:
        return re.findall(r"\d{1,3}(?=(?:\d{3})*$)", digits)

    def from_left(digits: str) -> list[str]:
        return re.findall(r"\d{1,3}", digits)

    number = "1234567890"
    assert from_left(number) == ["123", "456", "789", "0"]
    assert from_left("9" + number) == ["912", "345", "678", "90"]
    assert from_right(number) == ["1", "234", "567", "890"]
    assert from_right("9" + number) == ["91", "234", "567", "890"]


def test_exercise_losses() -> None:
    assert value("ex_loss_bits_one") == pytest.approx(1.75 * 0.215 / math.log(2))
    assert value("ex_loss_bits_two") == pytest.approx(2.10 * 0.172 / math.log(2))
    assert value("ex_loss_bpt_two") / value("ex_loss_bpt_one") == pytest.approx(1.25)


def test_exercise_patch() -> None:
    token = (2e9 + 2 * 128_000 * 2048) / 4.5
    assert 2e9 / value("ex_patch") + 0.1e9 == pytest.approx(token)
    assert value("ex_patch") < 4.5
