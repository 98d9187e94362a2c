"""Calculators of the article: interval and detectable difference, several answers, ratings."""

from __future__ import annotations

from figures.calculators import Calculator, Field, Output
from figures.charts import Chart
from figures.formulas import compare, ratings, repeated_answers, score_differences, score_intervals, scores

CONFIDENCE = Field("confidence", "Confidence", 0.95, 0.5, 0.999, help="of the interval: 0.95 makes 5 % false alarms")

score_interval = Calculator(
    "Interval of a score, and the difference that it can show",
    outputs=(
        Output(scores.design_effect, "Design effect of the groups", using={"correlation": "group_correlation"}),
        Output(scores.effective_problems, "Independent problems", using={"effect": "design_effect"}),
        Output(scores.score_error, "Standard error", unit="%", using={"problems": "effective_problems"}),
        Output(score_intervals.wilson_low, "Interval from", unit="%", using={"problems": "effective_problems"}),
        Output(score_intervals.wilson_high, "Interval to", unit="%", using={"problems": "effective_problems"}),
        Output(
            score_differences.difference_error,
            "Standard error of a difference",
            unit="%",
            using={"first": "score_error", "second": "score_error"},
        ),
        Output(
            score_differences.detectable_difference,
            "Smallest difference likely to be found",
            unit="%",
            using={"error": "difference_error"},
        ),
    ),
    fields=(
        Field("solved", "Score", 0.7, 0, 1, help="share of the problems that is solved"),
        Field("problems", "Problems", 500, 1, 10_000_000),
        Field("size", "Problems of a group", 1, 1, 10_000, help="that share a text or a repository; 1 for none"),
        Field("group_correlation", "Correlation within a group", 0, 0, 1),
        Field(
            "correlation",
            "Correlation of two models",
            0.5,
            -0.99,
            0.99,
            help="of their scores over common problems; 0 if each had problems of its own",
        ),
        CONFIDENCE,
        Field("power", "Power", 0.8, 0.5, 0.999, help="probability with which a difference is to be found"),
    ),
    charts=(
        Chart("detectable_difference", "problems", 30, 30_000, ticks=(30, 300, 3000, 30_000), log=True),
        Chart("wilson_low", "problems", 30, 30_000, ticks=(30, 300, 3000, 30_000), log=True),
    ),
)

pass_at_k = Calculator(
    "Several answers to a problem",
    outputs=(
        Output(repeated_answers.right_among_drawn, "Right answers", name="found"),
        Output(repeated_answers.tries_among_drawn, "Answers tried, k", name="used"),
        Output(
            compare.count_ratio, "Share of right answers", name="share", using={"first": "found", "second": "answers"}
        ),
        Output(
            repeated_answers.any_right,
            "Any right, with the share put in",
            unit="%",
            using={"right": "share", "tries": "used"},
        ),
        Output(
            repeated_answers.all_right,
            "All right, with the share put in",
            unit="%",
            using={"right": "share", "tries": "used"},
        ),
        Output(repeated_answers.pass_hat_k, "pass^k, unbiased", unit="%", using={"right": "found", "tries": "used"}),
        Output(repeated_answers.pass_at_k, "pass@k, unbiased", unit="%", using={"right": "found", "tries": "used"}),
    ),
    fields=(
        Field("answers", "Answers drawn", 10, 1, 1000),
        Field("right", "Right ones among them", 6, 0, 1000),
        Field(
            "tries", "k", 3, 1, 1000, help="answers of which one, or all, must be right; at most all that were drawn"
        ),
    ),
    charts=(
        Chart("pass_at_k", "tries", 1, 10, ticks=(1, 4, 7, 10)),
        Chart("pass_hat_k", "tries", 1, 10, ticks=(1, 4, 7, 10)),
    ),
)

elo_to_win_rate = Calculator(
    "Win rate of a difference of ratings",
    outputs=(
        Output(ratings.win_probability, "Win rate", unit="%"),
        Output(ratings.rating_error, "Standard error of the difference", using={"win": "win_probability"}),
        Output(
            score_intervals.normal_low,
            "Difference from",
            using={"estimate": "difference", "error": "rating_error"},
        ),
        Output(
            score_intervals.normal_high,
            "Difference to",
            using={"estimate": "difference", "error": "rating_error"},
        ),
        Output(
            ratings.win_probability, "Win rate at most", name="win_high", unit="%", using={"difference": "normal_high"}
        ),
        Output(
            ratings.win_probability, "Win rate at least", name="win_low", unit="%", using={"difference": "normal_low"}
        ),
    ),
    fields=(
        Field("difference", "Difference of the ratings", 20, -1000, 1000, help="in points, of the model that is ahead"),
        Field("battles", "Battles between the two", 1000, 1, 100_000_000, help="without ties"),
        CONFIDENCE,
    ),
    charts=(Chart("win_low", "battles", 100, 100_000, ticks=(100, 1000, 10_000, 100_000), log=True),),
)
