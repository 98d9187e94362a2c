"""Unigram: against all segmentations one by one, by hand, and against libraries."""

from __future__ import annotations

import io
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
import sentencepiece
from tokenizers import Tokenizer, models

from figures.lab.tokenizers import unigram
from figures.measurements import corpus

TOY = {"ab": 4, "a": 2}
START = dict.fromkeys(("a", "b", "ab"), math.log(1 / 3))
WORDS = Counter(corpus.read("ferry_en").split())


def all_cuts(word: str, scores: unigram.Scores) -> Iterator[list[str]]:
    """Every way to cut a word, by its inner boundaries."""
    for number in range(len(word)):
        for inner in itertools.combinations(range(1, len(word)), number):
            ends = (0, *inner, len(word))
            pieces = [word[begin:end] for begin, end in itertools.pairwise(ends)]
            if all(piece in scores for piece in pieces):
                yield pieces


def trained() -> dict[str, float]:
    return unigram.train(WORDS, 120)


def test_likelihood_equals_the_sum_over_all_segmentations() -> None:
    scores = trained()
    for word in WORDS:
        if len(word) > 10:
            continue
        ways = {tuple(cut): sum(scores[piece] for piece in cut) for cut in all_cuts(word, scores)}
        total = math.log(math.fsum(map(math.exp, ways.values())))
        assert unigram.forward(word, scores)[-1] == pytest.approx(total)
        assert unigram.backward(word, scores)[0] == pytest.approx(total)
        best = unigram.viterbi(word, scores)
        assert sum(scores[piece] for piece in best) == pytest.approx(max(ways.values()))
        uses: defaultdict[str, float] = defaultdict(float)
        for cut, score in ways.items():
            for piece in cut:
                uses[piece] += math.exp(score - total)
        assert unigram.expected({word: 1}, scores) == pytest.approx(dict(uses))


def test_em_by_hand() -> None:
    scores: dict[str, float] = dict(START)
    seen = [{piece: math.exp(score) for piece, score in scores.items()}]
    for _ in range(2):
        scores = unigram.em_step(TOY, scores)
        seen.append({piece: math.exp(score) for piece, score in scores.items()})
    assert unigram.expected(TOY, START) == pytest.approx({"a": 3, "b": 1, "ab": 3})
    assert seen[1] == pytest.approx({"a": 3 / 7, "b": 1 / 7, "ab": 3 / 7})
    assert seen[2] == pytest.approx({"a": 5 / 13, "b": 1 / 13, "ab": 7 / 13})
    for _ in range(60):
        scores = unigram.em_step(TOY, scores)
    assert math.exp(scores["ab"]) == pytest.approx(2 / 3)


def test_em_never_lowers_the_likelihood() -> None:
    scores: dict[str, float] = unigram.seed(WORDS, 6, 400)
    seen = []
    for _ in range(8):
        seen.append(unigram.log_likelihood(WORDS, scores))
        scores = unigram.em_step(WORDS, scores)
    assert all(later >= earlier for earlier, later in itertools.pairwise(seen))
    assert seen[-1] > seen[0] + 1


def test_training_ends_with_the_size_and_every_character() -> None:
    scores = trained()
    assert len(scores) == 120
    assert set("".join(WORDS)) <= set(scores)
    assert sum(map(math.exp, scores.values())) == pytest.approx(1, abs=0.01)


def test_segmentations_equal_those_of_the_library() -> None:
    scores = trained()
    pieces = [("<unk>", 0.0), *scores.items()]
    other = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    for word in WORDS:
        assert unigram.viterbi(word, scores) == other.encode(word).tokens


def test_segmentations_equal_those_of_sentencepiece() -> None:
    model = io.BytesIO()
    text = [line for name in ("ferry_en", "ferry_de", "ferry_fi") for line in corpus.read(name).split("\n") if line]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text),
        model_writer=model,
        vocab_size=300,
        model_type="unigram",
        character_coverage=1.0,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    scores = {
        processor.id_to_piece(number): processor.get_score(number)
        for number in range(processor.vocab_size())
        if not (processor.is_unknown(number) or processor.is_control(number))
    }
    for word in itertools.chain.from_iterable(line.split() for line in text):
        mine, theirs = unigram.viterbi(f"▁{word}", scores), processor.encode(word, out_type=str)
        assert "".join(mine) == "".join(theirs)
        assert sum(scores[p] for p in mine) == pytest.approx(sum(scores[p] for p in theirs), abs=1e-4)


def test_a_word_without_pieces_is_refused() -> None:
    with pytest.raises(ValueError, match="no pieces make up 'abc'"):
        unigram.viterbi("abc", START)
