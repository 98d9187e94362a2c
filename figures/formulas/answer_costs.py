"""What a right answer costs, and when a dearer model is worth its price."""

from __future__ import annotations

from figures.formula import formula


@formula(
    latex=r"y_\mathrm{ok} = \frac{y_\mathrm{a}}{p_\mathrm{y}}",
    symbols={"price": r"y_\mathrm{a}", "right": r"p_\mathrm{y}"},
    sources=("erol2025{abstract}",),
)
def cost_per_right_answer(price: float, right: float) -> float:
    """Expected cost until an answer is right, if one tries until then.

    Args:
        price (USD): price of one answer.
        right (1): probability that an answer is right, above 0.

    Returns:
        (USD) price of an answer times the expected number of tries.

    Assumptions:
        Tries are independent and cost the same; a right answer is recognized at no cost.
    """
    return price / right


@formula(
    latex=r"y_\mathrm{fail} = \frac{y_1 - y_2}{p_1 - p_2}",
    symbols={
        "first_price": "y_1",
        "second_price": "y_2",
        "first": "p_1",
        "second": "p_2",
    },
)
def break_even_loss(first_price: float, second_price: float, first: float, second: float) -> float:
    """Cost of a wrong answer above which the dearer and better of two models is the cheaper choice.

    Args:
        first_price (USD): price of an answer of the better model.
        second_price (USD): price of an answer of the other one.
        first (1): share of the problems that the better model solves.
        second (1): share that the other solves, less than the first.

    Returns:
        (USD) loss at which price and expected loss add up to the same for both.

    Assumptions:
        One answer per problem; every wrong answer costs the same.
    """
    return (first_price - second_price) / (first - second)
