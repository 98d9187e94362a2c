"""The whole text in the prompt, or retrieved passages: what many questions about one text cost."""

from __future__ import annotations

from figures.formula import formula
from figures.formulas import text_costs


@formula(
    latex=r"Y_\mathrm{all} = \frac{S\, y_\mathrm{wr} + (n_\mathrm{ask} - 1)\, S\, y_\mathrm{hit}"
    r" + n_\mathrm{ask}\, (n_q\, y_\mathrm{in} + n_a\, y_\mathrm{out})}{10^6}",
    symbols={
        "queries": r"n_\mathrm{ask}",
        "text": "S",
        "question": "n_q",
        "answer": "n_a",
        "write_price": r"y_\mathrm{wr}",
        "hit_price": r"y_\mathrm{hit}",
        "input_price": r"y_\mathrm{in}",
        "output_price": r"y_\mathrm{out}",
    },
)
def whole_text_cost(
    queries: float,
    text: float,
    question: float,
    answer: float,
    write_price: float,
    hit_price: float,
    input_price: float,
    output_price: float,
) -> float:
    """Price of some questions each of which has the whole text before it, cached after the first.

    Args:
        queries (1): questions, at least one.
        text (token): tokens of the text.
        question (token): tokens of a question.
        answer (token): tokens of an answer.
        write_price (USD): price of a million tokens that enter the cache.
        hit_price (USD): price of a million tokens that are found in it.
        input_price (USD): price of a million other input tokens.
        output_price (USD): price of a million output tokens.

    Returns:
        (USD) price of all questions and answers.

    Assumptions:
        Every question comes before the cache expires; without a cache, give the input's price three times.
    """
    first = text_costs.text_price(text, write_price)
    again = text_costs.text_price(text, hit_price)
    each = text_costs.text_price(question, input_price) + text_costs.text_price(answer, output_price)
    return first + (queries - 1) * again + queries * each


@formula(
    latex=r"Y_\mathrm{ret} = \frac{S\, y_\mathrm{emb}"
    r" + n_\mathrm{ask}\, ((n_\mathrm{ret} + n_q)\, y_\mathrm{in} + n_a\, y_\mathrm{out})}{10^6}",
    symbols={
        "queries": r"n_\mathrm{ask}",
        "text": "S",
        "retrieved": r"n_\mathrm{ret}",
        "question": "n_q",
        "answer": "n_a",
        "index_price": r"y_\mathrm{emb}",
        "input_price": r"y_\mathrm{in}",
        "output_price": r"y_\mathrm{out}",
    },
)
def retrieval_cost(
    queries: float,
    text: float,
    retrieved: float,
    question: float,
    answer: float,
    index_price: float,
    input_price: float,
    output_price: float,
) -> float:
    """Price of some questions each of which has retrieved passages before it.

    Args:
        queries (1): questions.
        text (token): tokens of the text that is indexed once.
        retrieved (token): tokens of the passages before a question.
        question (token): tokens of a question.
        answer (token): tokens of an answer.
        index_price (USD): price of indexing a million tokens.
        input_price (USD): price of a million input tokens.
        output_price (USD): price of a million output tokens.

    Returns:
        (USD) price of the index, all questions and answers.

    Assumptions:
        The index itself is kept and searched for nothing; the passages are not cached.
    """
    each = text_costs.text_price(retrieved + question, input_price) + text_costs.text_price(answer, output_price)
    return text_costs.text_price(text, index_price) + queries * each


@formula(
    latex=r"S_\mathrm{ret} = \frac{n_\mathrm{ret}\, y_\mathrm{in}}{y_\mathrm{hit}}",
    symbols={"retrieved": r"n_\mathrm{ret}", "input_price": r"y_\mathrm{in}", "hit_price": r"y_\mathrm{hit}"},
)
def break_even_text(retrieved: float, input_price: float, hit_price: float) -> float:
    """Text up to which reading it whole from the cache costs no more per question than retrieved passages.

    Args:
        retrieved (token): tokens of the passages before a question.
        input_price (USD): price of a million input tokens.
        hit_price (USD): price of a million tokens that are found in the cache.

    Returns:
        (token) length of the text.

    Assumptions:
        So many questions that filling the cache and building the index no longer count.
    """
    return retrieved * input_price / hit_price
