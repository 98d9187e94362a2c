"""What every formula of the collection must have: right dimensions, tests, sources or a derivation."""

from __future__ import annotations

import importlib
import math
import random
import re
from pathlib import Path
from typing import Any

import pytest

from figures import formulas, units
from figures.formula import REGISTRY, Formula

MODULES = sorted(path.stem for path in Path(formulas.__path__[0]).glob("*.py") if path.stem != "__init__")
for _module in MODULES:
    importlib.import_module(f"figures.formulas.{_module}")
FORMULAS = {name: found for name, found in sorted(REGISTRY.items()) if name.partition(".")[0] in MODULES}
BASES = sorted({base for name in units.UNITS for base, _ in units.parse(name).dimension})

# Exempt from rescaling of one base unit, with the reason. The rescaling must really fail, or the exemption goes.
NOT_HOMOGENEOUS = {
    ("context_cost.attended_pairs", "token"): "counts pairs of tokens: S is a number there",
    ("context_cost.attention_operations", "token"): "counts pairs of tokens: S is a number there",
    ("context_cost.token_attention_operations", "token"): "counts the tokens attended to: S is a number there",
    ("context_cost.prefill_attention_share", "token"): "counts pairs of tokens: S is a number there",
    ("context_cost.token_attention_share", "token"): "counts the tokens attended to: S is a number there",
    ("context_cost.crossover_context", "token"): "solves for the S of token_attention_operations, a number",
    ("linear_attention.chunk_operations", "token"): "counts tokens: S is a number there",
    ("linear_attention.linear_crossing", "token"): "solves for the S of chunk_operations, a number",
    ("linear_attention.copy_limit", "token"): "counts tokens of so many bits",
    ("linear_attention.copy_limit", "B"): "the bits of a token are a number",
    ("rope.pair_frequency", "token"): "the one radian per token of the first pair is built in",
    ("rope.pair_wavelength", "token"): "the one radian per token of the first pair is built in",
    ("rope.turning_pair", "token"): "the one radian per token of the first pair is built in",
    ("rope.unturned_pairs", "token"): "the one radian per token of the first pair is built in",
    ("rope_scaling.longrope_factor", "token"): "a logarithm of a number of tokens",
    ("selected_attention.native_sparse_tokens", "token"): "a compressed entry counts as one token",
    ("whole_text_costs.whole_text_cost", "token"): "a million tokens are built in",
    ("whole_text_costs.retrieval_cost", "token"): "a million tokens are built in",
    ("decode_batch.batch_rate", "token"): "the one token of each sequence and step is built in",
    ("decode_batch.token_operations", "token"): "counts the tokens attended to: S is a number there",
    ("energy_fit.parts_energy", "token"): "traffic and operations of one token are built in",
    ("energy_fit.byte_constant", "token"): "traffic of one token is built in",
    ("energy_fit.operation_constant", "token"): "operations of one token are built in",
    ("facility.million_tokens_cost", "token"): "a million tokens are built in",
    ("token_energy.decode_energy", "token"): "the one token of each sequence and step is built in",
    ("rl_step.mean_cached", "token"): "rounded up to whole tokens",
    ("rl_step.generation_time", "token"): "the one token of each sequence and step is built in",
    ("rl_step.training_operations", "token"): "counts the tokens: n_roll is a number there",
    ("token_energy.training_energy", "token"): "operations of one token are built in",
    ("in_flight.request_time", "token"): "counts the tokens after the first: T is a number there",
    ("number_formats.levels", "B"): "2^k: k is a number there",
    ("optimal_levels.lloyd_max_sqnr", "dB"): "a logarithm, with decibels built in",
    ("quantizer_error.best_clip", "B"): "2^k: k is a number there",
    ("quantizer_error.clipped_sqnr", "B"): "2^k: k is a number there",
    ("quantizer_error.clipped_sqnr", "dB"): "a logarithm, with decibels built in",
    ("quantizer_error.float_sqnr", "B"): "4^k: k is a number there",
    ("quantizer_error.float_sqnr", "dB"): "a logarithm, with decibels built in",
    ("quantizer_error.headroom_loss", "dB"): "a logarithm, with decibels built in",
    ("quantizer_error.overload_noise", "B"): "2^k: k is a number there",
    ("quantizer_error.rounding_noise", "B"): "2^k: k is a number there",
    ("quantizer_error.product_sqnr", "dB"): "a logarithm, with decibels built in",
    ("quantizer_error.sqnr_of_noise", "dB"): "a logarithm, with decibels built in",
    ("quantizer_error.sqnr_of_bits", "B"): "decibels per bit are built in",
    ("quantizer_error.sqnr_of_bits", "dB"): "decibels per bit are built in",
    ("in_flight.token_time", "token"): "divides by the tokens after the first: T is a number there",
    ("reuse.prefill_operations", "token"): "counts the pairs of P tokens, P (P + 1) / 2: P is a number there",
    ("reuse.break_even_prefix", "token"): "solves for the P of prefill_operations, a number",
    ("restoring.both_ends_time", "token"): "counts the pairs of the tokens: P_x is a number there",
    ("restoring.meeting_point", "token"): "solves for the P of prefill_operations, a number",
    (
        "restoring.hiding_tokens",
        "token",
    ): "solves for the pairs of new tokens with those before: P and n are numbers there",
    ("text_costs.text_price", "token"): "a million tokens are built in",
    ("vocabulary.operations_per_byte", "token"): "the one token that the output matrix predicts is built in",
    ("vocabulary.break_even_compression", "token"): "the one token that the output matrix predicts is built in",
    ("vocabulary.break_even_patch", "token"): "the one token that the output matrix predicts is built in",
    ("vocabulary_optimum.tokens_per_character", "token"): "a fit, with the one character built in",
    ("training_compute.token_operations", "token"): "the one token that is trained on is built in",
    ("verification.verification_operations", "token"): "counts the tokens attended to: S is a number there",
}
# Arguments drawn from elsewhere than 0.5 to 200, with the reason.
RANGES = {
    ("batching.waiting_time", "requests"): (0.001, 0.004),  # the queue must be stable for services up to 200 s
    ("batching.constant_service_waiting_time", "requests"): (0.001, 0.004),
    ("failures.goodput", "between"): (10, 200),  # an exponent that a float holds
    ("chip_power.leakage_gain", "resistance"): (0.01, 0.1),  # an exponent that a float holds
    ("chip_power.leaking_temperature", "gain"): (0.01, 0.36),  # below 1/e: a steady temperature
    ("power_budget.power_percentile", "risk"): (0.01, 0.99),  # a probability
    ("power_budget.devices_at_risk", "risk"): (0.01, 0.5),  # a probability
    ("power_budget.devices_at_risk", "correlation"): (0.01, 0.99),  # a correlation
    ("power_budget.overload_probability", "share"): (0.01, 0.99),  # a probability
    ("power_budget.two_state_deviation", "share"): (0.01, 0.99),  # a share
    ("power_sensors.window_deviation", "share"): (0.01, 0.99),  # a share
    ("power_sensors.even_reading_deviation", "share"): (0.01, 0.99),  # a share
    ("stragglers.any_slow", "share"): (0.01, 0.99),  # a probability
    ("stragglers.slow_share_that_decides", "confidence"): (0.01, 0.99),  # a probability
    ("stragglers.slowest_time", "devices"): (1, 200),  # a count
    ("stragglers.largest_by_logarithms", "devices"): (2, 200),  # the least for which it is meant
    ("variance_components.acceptance_runs", "significance"): (0.01, 0.99),  # a probability
    ("variance_components.acceptance_runs", "power"): (0.01, 0.99),  # a probability
    ("variance_components.devices_to_inspect", "share"): (0.01, 0.99),  # a probability
    ("variance_components.devices_to_inspect", "confidence"): (0.01, 0.99),  # a probability
    ("clocks.cubic_coefficient", "power"): (201, 400),  # above the static power
    ("experts.batch_that_touches", "share"): (0.01, 0.99),  # probabilities
    ("experts.batch_that_touches", "inclusion"): (0.01, 0.99),
    ("experts.saturating_batch", "share"): (0.01, 0.99),
    ("optimal_levels.lloyd_max_sqnr", "bits"): (1, 5),  # 2^bits levels
    ("quantizer_error.overload_noise", "bits"): (0.5, 8),  # steps that are not lost beside the rest
    ("quantizer_error.overload_noise", "clip"): (0.5, 4),  # a tail that is more than nothing
    ("quantizer_error.rotated_peak", "probability"): (0.001, 1),
    ("speculation.chain_speedup", "acceptance"): (0.5, 1),  # a probability
    ("speculation.best_speedup", "acceptance"): (0.5, 1),  # a probability
    ("speculation.expected_tokens", "acceptance"): (0.5, 1),
    ("speculation.optimal_length", "acceptance"): (0.5, 1),
    ("speculation.tokens_deviation", "acceptance"): (0.5, 1),
    ("verification.break_even_batch", "draft_cost"): (0.001, 0.002),  # cheap enough for speculation to pay
    ("verification.break_even_batch", "tokens"): (2, 5),
    ("verification.break_even_batch", "verification"): (40_000, 80_000),  # so that there is a break-even
    ("serving_load.loaded_token_time", "requests"): (0.001, 0.004),
    ("in_flight.token_time", "answer"): (2, 200),
    ("scores.score_error", "solved"): (0, 1),  # a probability
    ("benchmark_labels.recalled_share", "outside"): (0.01, 0.99),  # a probability
    ("judges.cohen_kappa", "chance"): (0.01, 0.99),  # a probability
    ("judges.assisted_error", "correlation"): (0.01, 0.99),  # a correlation
    ("judges.label_factor", "correlation"): (0.01, 0.99),  # a correlation
    ("judges.corrected_share_error", "judged"): (0.01, 0.99),  # a probability
    ("judges.corrected_share_error", "sensitivity"): (0.6, 0.99),  # a probability
    ("judges.corrected_share_error", "specificity"): (0.6, 0.99),  # a probability
    ("judges.accepted_right", "right"): (0.01, 0.99),  # a probability
    ("judges.accepted_right", "sensitivity"): (0.01, 0.99),  # a probability
    ("judges.accepted_right", "specificity"): (0.01, 0.99),  # a probability
    ("ratings.win_probability", "difference"): (-400, 400),  # odds that a float holds
    ("ratings.rating_difference", "win"): (0.01, 0.99),  # a probability
    ("ratings.rating_error", "win"): (0.01, 0.99),  # a probability
    ("ratings.battles_needed", "win"): (0.01, 0.99),  # a probability
    ("repeated_answers.pass_at_k", "answers"): (100, 200),  # no fewer than are right or tried
    ("repeated_answers.pass_at_k", "right"): (1, 100),  # no more than are drawn
    ("repeated_answers.pass_at_k", "tries"): (1, 100),  # no more than are drawn
    ("repeated_answers.pass_hat_k", "answers"): (100, 200),  # no fewer than are right or tried
    ("repeated_answers.pass_hat_k", "right"): (1, 100),  # no more than are drawn
    ("repeated_answers.pass_hat_k", "tries"): (1, 100),  # no more than are drawn
    ("repeated_answers.any_right", "right"): (0.01, 0.99),  # a probability
    ("repeated_answers.all_right", "right"): (0.01, 0.99),  # a probability
    ("repeated_answers.plug_in_bias", "right"): (0.01, 0.99),  # a probability
    ("repeated_answers.pass_at_k_error", "right"): (0.01, 0.99),  # a probability
    ("repeated_answers.majority_right", "right"): (0.01, 0.99),  # a probability
    ("heterogeneous_answers.all_right_on_average", "solved"): (0.01, 0.99),  # a probability
    ("repeated_answers.pass_at_k_error", "answers"): (100, 200),  # no fewer than are tried
    ("repeated_answers.pass_at_k_error", "tries"): (1, 100),  # no more than are drawn
    ("score_differences.detectable_difference", "confidence"): (0.01, 0.99),  # a probability
    ("score_differences.detectable_difference", "power"): (0.01, 0.99),  # a probability
    ("score_differences.problems_for_power", "confidence"): (0.01, 0.99),  # a probability
    ("score_differences.problems_for_power", "power"): (0.01, 0.99),  # a probability
    ("score_differences.power", "confidence"): (0.01, 0.99),  # a probability
    ("score_differences.difference_variance", "first"): (0.01, 0.99),  # a probability
    ("score_differences.difference_variance", "second"): (0.01, 0.99),  # a probability
    ("score_differences.score_correlation", "first"): (0.01, 0.99),  # a probability
    ("score_differences.score_correlation", "second"): (0.01, 0.99),  # a probability
    ("score_intervals.standard_errors", "confidence"): (0.01, 0.99),  # a probability
    ("score_intervals.normal_low", "confidence"): (0.01, 0.99),  # a probability
    ("score_intervals.normal_high", "confidence"): (0.01, 0.99),  # a probability
    ("score_intervals.wilson_low", "confidence"): (0.01, 0.99),  # a probability
    ("score_intervals.wilson_high", "confidence"): (0.01, 0.99),  # a probability
    ("score_intervals.unseen_failures", "confidence"): (0.01, 0.99),  # a probability
    ("score_intervals.wilson_low", "solved"): (0.01, 0.99),  # a probability
    ("score_intervals.wilson_high", "solved"): (0.01, 0.99),  # a probability
    ("answer_groups.centred_signal", "right"): (0.01, 0.99),  # a probability
    ("answer_groups.difficulty_weight", "right"): (0.01, 0.99),  # a probability
    ("answer_groups.normalized_signal", "right"): (0.01, 0.99),  # a probability
    ("answer_groups.right_advantage", "answers"): (101, 200),  # more than are right
    ("answer_groups.right_advantage", "right"): (1, 100),  # fewer than there are
    ("answer_groups.useful_share", "right"): (0.01, 0.99),  # a probability
    ("answer_groups.wrong_advantage", "answers"): (101, 200),  # more than are right
    ("answer_groups.wrong_advantage", "right"): (1, 100),  # fewer than there are
    ("best_of_n.kl_bound", "samples"): (1, 200),  # a count
    ("best_of_n.kl_bound_of_few", "samples"): (1, 200),  # a count
    ("best_of_n.kl_bound_of_few", "top"): (0.01, 0.99),  # a probability
    ("importance_ratios.tokens_at_share", "share"): (0.01, 0.99),  # a share
    ("importance_ratios.sequence_ratio", "ratio"): (0.9, 1.1),  # a power that a float holds
    ("kl_estimators.third_error", "distance"): (0.1, 5),  # an exponent that a float holds
    ("overoptimization.peak_of_learning", "rise"): (0.1, 5),  # an exponent that a float holds
    ("preferences.accuracy_bound", "agreement"): (0.51, 0.99),  # a probability of one half or more
    ("regularized_policy.optimal_probability", "penalty"): (1, 200),  # an exponent that a float holds
    ("regularized_policy.pair_weight", "margin"): (-10, 10),  # an exponent that a float holds
    ("rl_pipeline.longest_answer", "sequences"): (2, 200),  # the least for which it is meant
    ("rl_pipeline.undivided_time", "second_gpus"): (201, 300),  # more than in the first
    ("rl_scaling.compute_for_share", "share"): (0.01, 0.99),  # a share
    ("selection.any_false_alarm", "significance"): (0.01, 0.99),  # a probability
    ("training_offload.efficient_bandwidth", "efficiency"): (0.01, 0.99),  # a share
    ("vocabulary.break_even_patch", "body"): (1e6, 1e7),  # a byte of the small models costs less than one with tokens
    ("items.solve_probability", "ability"): (0.1, 4),  # an exponent that a float holds
    ("items.solve_probability", "difficulty"): (0.1, 4),  # an exponent that a float holds
    ("items.solve_probability", "discrimination"): (0.1, 4),  # an exponent that a float holds
    ("items.item_information", "ability"): (0.1, 4),  # an exponent that a float holds
    ("items.item_information", "difficulty"): (0.1, 4),  # an exponent that a float holds
    ("items.item_information", "discrimination"): (0.1, 4),  # an exponent that a float holds
}
# Neither source nor assumption, with the reason.
DEFINITIONS = {
    "compare.arithmetic_ratio": "a quotient, and says so",
    "compare.bandwidth_ratio": "a quotient, and says so",
    "compare.cost_ratio": "a quotient, and says so",
    "compare.count_ratio": "a quotient, and says so",
    "compare.energy_ratio": "a quotient, and says so",
    "compare.energy_sum": "a sum, and says so",
    "compare.power_difference": "a difference, and says so",
    "compare.power_ratio": "a quotient, and says so",
    "compare.power_sum": "a sum, and says so",
    "compare.work_energy_ratio": "a quotient, and says so",
    "compare.intensity_ratio": "a quotient, and says so",
    "compare.price_ratio": "a quotient, and says so",
    "compare.scaled_count": "a product, and says so",
    "compare.rate_ratio": "a quotient, and says so",
    "compare.size_ratio": "a quotient, and says so",
    "compare.throughput_ratio": "a quotient, and says so",
    "compare.time_excess": "a quotient less one, and says so",
    "compare.time_ratio": "a quotient, and says so",
    "compare.time_sum": "a sum, and says so",
    "decode.parity_batch": "the batch at which two products are equal, solved",
    "kv_cache.copied_bytes": "copies times size",
    "model.weight_bytes": "bytes of one parameter times their number",
    "quantizer_error.difference": "a difference, and says so",
    "reuse.recompute_time": "defines the rate achieved",
    "roofline.achieved": "defines the share achieved",
    "roofline.combined_bandwidth": "GPUs times bandwidth",
    "roofline.ridge": "defines the ridge: where the two roofs meet",
    "roofline.transfer_time": "defines bandwidth; a least time, as its first line says",
    "tokens.bytes_per_token": "a quotient, and says so",
}


def inputs(formula: Formula[...], source: random.Random) -> dict[str, Any]:
    """Random inputs in a middling range; lists have three members."""

    def one(name: str, kind: str) -> float:
        low, high = RANGES.get((formula.name, name), (0.5, 200))
        if kind == "int":
            return source.randint(math.ceil(low), math.floor(high))
        return True if kind == "bool" else source.uniform(low, high)

    def listed(name: str) -> tuple[float, ...]:
        return tuple(float(source.randint(1, 64)) for _ in range(3))

    return {a.name: listed(a.name) if a.kind == "list" else one(a.name, a.kind) for a in formula.arguments}


def scaled(value: Any, unit: str, base: str, kind: str) -> Any:
    """``value`` after the base unit became four times smaller: exact in floats, whole numbers stay whole."""
    power = dict(units.parse(unit).dimension).get(base, 0)
    if isinstance(value, tuple):
        return tuple(scaled(member, unit, base, "float") for member in value)
    result = value * 4.0**power
    return int(result) if kind == "int" and result == int(result) else result


def homogeneous(formula: Formula[...], base: str) -> bool:
    """Whether the result changes as its unit says when the base unit becomes four times smaller."""
    source = random.Random(formula.name)
    for _ in range(50):
        given = inputs(formula, source)
        changed = {a.name: scaled(given[a.name], a.unit, base, a.kind) for a in formula.arguments}
        wanted = scaled(formula.function(**given), formula.unit, base, "float")
        if formula.function(**changed) != pytest.approx(wanted, rel=1e-9, abs=1e-12):
            return False
    return True


@pytest.mark.parametrize("name", FORMULAS)
def test_rescaling_a_base_unit_rescales_the_result(name: str) -> None:
    """Bytes, seconds or tokens four times smaller."""
    different = {base for base in BASES if not homogeneous(FORMULAS[name], base)}
    assert different == {base for formula, base in NOT_HOMOGENEOUS if formula == name}


def test_rescaling_finds_a_wrong_unit() -> None:
    formula = FORMULAS["decode.step_traffic"]
    given = {"weights": 10.0, "batch": 2, "cache": 3.0}

    def broken(weights: float, batch: float, cache: float) -> float:
        return weights + batch

    changed = {a.name: scaled(given[a.name], a.unit, "B", a.kind) for a in formula.arguments}
    assert broken(**changed) != pytest.approx(scaled(broken(**given), formula.unit, "B", "float"))


@pytest.mark.parametrize("module", [m for m in MODULES if any(name.startswith(f"{m}.") for name in FORMULAS)])
def test_every_formula_is_named_in_its_modules_tests(module: str) -> None:
    tests = Path(__file__).with_name(f"test_{module}.py")
    assert tests.exists(), f"write tests/formulas/{tests.name}"
    text = tests.read_text(encoding="utf-8")
    untested = [
        n for n in FORMULAS if n.startswith(f"{module}.") and not re.search(rf"\b{n.partition('.')[2]}\b", text)
    ]
    assert untested == []


@pytest.mark.parametrize("name", FORMULAS)
def test_every_formula_has_a_source_with_locator_or_says_what_it_assumes(name: str) -> None:
    formula = FORMULAS[name]
    assert all(re.fullmatch(r"[a-z][\w]*\d{4}\w*\{[^{}]+\}", source) for source in formula.sources), formula.sources
    # Derived in the article: then it is a definition or it follows from assumptions, and those must be written down.
    explained = bool(formula.sources or formula.assumptions)
    assert explained != (name in DEFINITIONS), f"{name}: give sources=(…) or an Assumptions section, or list it above"


def test_every_exception_is_one_of_a_formula_that_exists() -> None:
    assert {name for name, _ in (*NOT_HOMOGENEOUS, *RANGES)} | set(DEFINITIONS) <= set(FORMULAS)


@pytest.mark.parametrize("name", FORMULAS)
def test_every_symbol_stands_in_the_equation(name: str) -> None:
    formula = FORMULAS[name]
    squeezed = re.sub(r"\s", "", formula.latex)
    missing = [a.symbol for a in formula.arguments if re.sub(r"\s", "", a.symbol) not in squeezed]
    assert missing == []
