"""The numbers of the article on speculative decoding, by the name that the text uses."""

from __future__ import annotations

from dataclasses import dataclass

from figures import paths
from figures.data import value
from figures.formulas import (
    compare,
    decode,
    decode_batch,
    experts,
    kv_cache,
    model,
    reuse,
    roofline,
    speculation,
    verification,
)
from figures.measurement import read
from figures.measurements import speculative_sampling as simulation
from figures.measurements.serving import bandwidth_share, overhead, reserve, usable, utilization
from figures.results import Assumed, Computed, Measured, Source, computed
from figures.shapes import CacheShape, Group, cache_shape, elements, head_dim
from figures.speculative_decoding.results_batch import (
    alpha,
    dear_cost,
    dense_break_even,
    dense_break_even_dear,
    dense_cost_128,
    dense_fit_long,
    dense_fit_short,
    dense_gain_1,
    dense_gain_64,
    dense_gain_128,
    dense_gain_256,
    dense_gain_long,
    draft_cost,
    gamma,
    long_context,
    short_context,
    sparse_cost_1,
    sparse_cost_2,
    sparse_fit_short,
    sparse_gain_1,
    sparse_gain_2,
    sparse_gain_2_dear,
    sparse_gain_16,
    sparse_gain_64,
    sparse_gain_256,
    sparse_touched_1,
    sparse_touched_1_verified,
    sparse_touched_2_verified,
    tokens,
)
from figures.speculative_decoding.results_measured import (
    cpu_verify_1_2,
    cpu_verify_1_16,
    cpu_verify_16_16,
    five,
    lookup_drafting,
    lookup_first,
    lookup_first_warm,
    lookup_last,
    lookup_tokens,
    lookup_tokens_cold,
    skip_acceptance,
    skip_acceptance_cold,
    skip_cost,
    skip_independent,
    skip_independent_cold,
    skip_rounds,
    skip_rounds_cold,
    skip_speedup,
    skip_tokens,
    skip_tokens_cold,
    strong_chain_8,
    strong_rank_1,
    strong_rank_2,
    strong_tree_64,
    weak_chain_8,
    weak_rank_1,
    weak_tree_8,
    weak_tree_64,
)

__all__ = [
    "bandwidth_share",
    "cpu_verify_1_2",
    "cpu_verify_1_16",
    "cpu_verify_16_16",
    "dear_cost",
    "dense_break_even",
    "dense_break_even_dear",
    "dense_cost_128",
    "dense_fit_long",
    "dense_fit_short",
    "dense_gain_1",
    "dense_gain_64",
    "dense_gain_128",
    "dense_gain_256",
    "dense_gain_long",
    "five",
    "long_context",
    "lookup_drafting",
    "lookup_first",
    "lookup_first_warm",
    "lookup_last",
    "lookup_tokens",
    "lookup_tokens_cold",
    "short_context",
    "skip_acceptance",
    "skip_acceptance_cold",
    "skip_cost",
    "skip_independent",
    "skip_independent_cold",
    "skip_rounds",
    "skip_rounds_cold",
    "skip_speedup",
    "skip_tokens",
    "skip_tokens_cold",
    "sparse_cost_1",
    "sparse_cost_2",
    "sparse_fit_short",
    "sparse_gain_1",
    "sparse_gain_2",
    "sparse_gain_2_dear",
    "sparse_gain_16",
    "sparse_gain_64",
    "sparse_gain_256",
    "sparse_touched_1",
    "sparse_touched_1_verified",
    "sparse_touched_2_verified",
    "strong_chain_8",
    "strong_rank_1",
    "strong_rank_2",
    "strong_tree_64",
    "weak_chain_8",
    "weak_rank_1",
    "weak_tree_8",
    "weak_tree_64",
]

_FOLDER = paths.FIGURES / "speculative_decoding"

# --- One round, accepted independently ----------------------------------------------------------------------------
longest = Assumed(64, "1", "longest draft that is considered")

tokens_deviation = computed(speculation.tokens_deviation, acceptance=alpha, draft_length=gamma)
chain_speedup = computed(speculation.chain_speedup, acceptance=alpha, draft_length=gamma, draft_cost=draft_cost)
best_length = computed(speculation.optimal_length, acceptance=alpha, draft_cost=draft_cost, longest=longest)
best_speedup = computed(speculation.best_speedup, acceptance=alpha, draft_cost=draft_cost, longest=longest)
operations_factor = computed(
    speculation.operations_factor, tokens=tokens, draft_length=gamma, draft_operations=draft_cost
)
payable = computed(speculation.payable_verification, tokens=tokens, draft_length=gamma, draft_cost=draft_cost)

# --- One token: the example with four tokens ----------------------------------------------------------------------
example_target = tuple(
    Assumed(p, "1", "target's probability in the example of the text") for p in (0.5, 0.3, 0.15, 0.05)
)
example_draft = tuple(Assumed(q, "1", "draft's probability in the example of the text") for q in (0.3, 0.4, 0.1, 0.2))
example_acceptance = computed(speculation.acceptance, target=example_target, draft=example_draft)
example_bias = computed(speculation.resampling_bias, target=example_target, draft=example_draft)
example_matching = computed(speculation.matching_acceptance, target=example_target, draft=example_draft)

# --- What others measured, computed with --------------------------------------------------------------------------
_minimax = "minimax_m3_eagle3"
minimax_second = computed(
    compare.count_ratio, first=value("published", _minimax, "second"), second=value("published", _minimax, "first")
)
minimax_third = computed(
    compare.count_ratio, first=value("published", _minimax, "third"), second=value("published", _minimax, "second")
)
minimax_tokens = computed(
    speculation.tokens_by_position,
    acceptances=(value("published", _minimax, "first"), minimax_second, minimax_third),
)


def _round_cost(entry: str, tokens_name: str, factor: str) -> Computed:
    """What a published round cost."""
    return computed(
        speculation.round_cost,
        tokens=value("published", entry, tokens_name),
        factor=value("published", entry, factor),
    )


cost_small_model = _round_cost("speed_bench_llama_3_3_70b", "small_model_tokens", "small_model_factor")
cost_eagle3 = _round_cost("speed_bench_llama_3_3_70b", "eagle3_tokens", "eagle3_factor")
cost_rtx3090 = _round_cost("spec_bench_vicuna_7b", "tokens", "rtx3090_factor")
cost_a100 = _round_cost("spec_bench_vicuna_7b", "tokens", "a100_factor")

# --- The machine, the model and the worked example ----------------------------------------------------------------
context = Assumed(8192, "token", "context of an agent in the worked example")
draft_overhead = Assumed(0.0004, "s", "launches and communication of a step of the drafter, which has fewer layers")
example_first = Assumed(0.75, "1", "acceptance at the first position in the worked example")
example_second = Assumed(0.77, "1", "conditional acceptance at the second position")
example_third = Assumed(0.79, "1", "conditional acceptance at the third position")
one_drafted = Assumed(1, "1", "one drafted token")
two_drafted = Assumed(2, "1", "two drafted tokens")
three_drafted = Assumed(3, "1", "three drafted tokens")

_two = Assumed(2, "B", "BF16 elements")
_nothing = Assumed(0, "1", "nothing is drafted")
_no_cache = Assumed(0, "B", "before the first token")
_one = Assumed(1, "1", "a single sequence")
_one_token = Assumed(1, "token", "one token")
_whole = Assumed(1, "1", "all of the peak")
_four_gpus = Assumed(4, "1", "GPUs of the worked example")
_h100_memory = value("hardware", "nvidia_h100_80gb_sxm", "memory_capacity")
_h100_bandwidth = value("hardware", "nvidia_h100_80gb_sxm", "memory_bandwidth")
_h100_peak = value("hardware", "nvidia_h100_80gb_sxm", "bf16_dense")


@dataclass(frozen=True)
class _Served:
    """A dense model on the four GPUs, and what its steps have in common."""

    name: str
    overhead: Assumed

    @property
    def weights(self) -> Computed:
        """Bytes of its weights."""
        parameters = value("models", self.name, "parameters")
        return computed(model.weight_bytes, parameters=parameters, parameter_bytes=_two)

    def cache(self, tokens: Assumed) -> Computed:
        """Cache of one sequence."""
        return computed(kv_cache.cache_bytes, context=tokens, **cache_shape(self.name).inputs(_two))

    def operations(self, tokens: Assumed, drafted: Assumed) -> Computed:
        """Operations that verify the draft of one sequence."""
        shape = cache_shape(self.name)
        return computed(
            verification.verification_operations,
            draft_length=drafted,
            parameters=value("models", self.name, "parameters"),
            query_heads=value("models", self.name, "query_heads"),
            head_dim=head_dim(self.name),
            context=tokens,
            layers=tuple(group.layers for group in shape.groups),
            windows=shape.windows,
        )

    def step(self, tokens: Assumed, batch: Source, drafted: Assumed) -> Computed:
        """Time of a step that verifies drafted tokens, or decodes if there are none."""
        return computed(
            decode_batch.batch_step_time,
            weights=self.weights,
            batch=batch,
            cache=self.cache(tokens),
            operations=self.operations(tokens, drafted),
            gpus=_four_gpus,
            bandwidth=_h100_bandwidth,
            bandwidth_share=bandwidth_share,
            peak=_h100_peak,
            utilization=utilization,
            overhead=self.overhead,
        )


_target_model = _Served("llama3_1_70b", overhead)
_drafter = _Served("llama3_1_8b", draft_overhead)

h100_ridge = computed(roofline.ridge, peak=_h100_peak, bandwidth=_h100_bandwidth)
ridge_positions = computed(roofline.ridge_batch, ridge=h100_ridge, element_bytes=_two)
_five_positions = Assumed(5, "1", "positions per sequence with four drafted tokens")
offload_positions = computed(
    roofline.ridge_batch,
    ridge=computed(
        roofline.ridge,
        peak=_h100_peak,
        bandwidth=value("hardware", "nvidia_h100_80gb_sxm", "pcie_bandwidth_per_direction"),
    ),
    element_bytes=_two,
)
onset = computed(compare.count_ratio, first=ridge_positions, second=_five_positions)
stream_time = computed(
    decode.step_time,
    weights=_target_model.weights,
    batch=_one,
    cache=_no_cache,
    gpus=_four_gpus,
    bandwidth=_h100_bandwidth,
)
token_time = computed(
    reuse.recompute_time,
    operations=computed(
        reuse.prefill_operations,
        prefix=_one_token,
        parameters=value("models", "llama3_1_70b", "parameters"),
        layers=value("models", "llama3_1_70b", "layers"),
        query_heads=value("models", "llama3_1_70b", "query_heads"),
        head_dim=head_dim("llama3_1_70b"),
    ),
    rate=computed(roofline.achieved, gpus=_four_gpus, peak=_h100_peak, utilization=_whole),
)


def step_of(tokens_each: Assumed, batch: Source) -> Computed:
    """Time of an ordinary step of the worked example."""
    return _target_model.step(tokens_each, batch, _nothing)


def draft_cost_of(tokens_each: Assumed, batch: Source) -> Computed:
    """Step of the drafter in steps of the target."""
    draft = _drafter.step(tokens_each, batch, _nothing)
    return computed(compare.time_ratio, first=draft, second=step_of(tokens_each, batch))


def verify_cost_of(tokens_each: Assumed, batch: Source, drafted: Assumed) -> Computed:
    """Verification in steps of the target."""
    verified = _target_model.step(tokens_each, batch, drafted)
    return computed(compare.time_ratio, first=verified, second=step_of(tokens_each, batch))


def speedup_of(tokens_each: Assumed, batch: Source, drafted: Assumed) -> Computed:
    """Speed-up of the worked example."""
    return computed(
        speculation.speedup,
        tokens=_TOKENS[int(drafted.value)],
        draft_length=drafted,
        draft_cost=draft_cost_of(tokens_each, batch),
        verify_cost=verify_cost_of(tokens_each, batch, drafted),
    )


example_tokens_one = computed(speculation.tokens_by_position, acceptances=(example_first,))
example_tokens_two = computed(speculation.tokens_by_position, acceptances=(example_first, example_second))
example_tokens_three = computed(
    speculation.tokens_by_position, acceptances=(example_first, example_second, example_third)
)
_TOKENS = {1: example_tokens_one, 2: example_tokens_two, 3: example_tokens_three}
target_growth = computed(kv_cache.growth_per_token, **cache_shape("llama3_1_70b").inputs(_two))
drafter_growth = computed(kv_cache.growth_per_token, **cache_shape("llama3_1_8b").inputs(_two))
drafter_weights = _drafter.weights
_one_layer = Group(_one, elements("llama3_1_70b"))
head_growth = computed(kv_cache.growth_per_token, **CacheShape((_one_layer,)).inputs(_two))


def _fit(tokens_each: Assumed, *, drafted: bool) -> Computed:
    """Sequences whose caches fit beside the weights, with those of the drafter or without."""
    both = CacheShape((*cache_shape("llama3_1_70b").groups, *cache_shape("llama3_1_8b").groups))
    together = Assumed(78e9, "1", "parameters of target and drafter, 70 and 8 billion")
    weights = computed(model.weight_bytes, parameters=together, parameter_bytes=_two)
    return computed(
        kv_cache.sequences_that_fit,
        gpus=_four_gpus,
        memory=_h100_memory,
        usable=usable,
        weights=weights if drafted else _target_model.weights,
        reserve=reserve,
        cache=computed(kv_cache.cache_bytes, context=tokens_each, **both.inputs(_two))
        if drafted
        else _target_model.cache(tokens_each),
    )


fit_short = _fit(short_context, drafted=False)
fit_short_drafter = _fit(short_context, drafted=True)
fit_long = _fit(context, drafted=False)
fit_long_drafter = _fit(context, drafted=True)
batches = tuple(Assumed(n, "1", "batch in the table of the worked example") for n in (1, 32, 64, 96, 128, 192))
_batch_64, _batch_96, _batch_128, _batch_192 = batches[2:]
chat_draft_cost = draft_cost_of(short_context, _one)
chat_three = speedup_of(short_context, _one, three_drafted)
verify_three_64 = verify_cost_of(short_context, _batch_64, three_drafted)
chat_two_64 = speedup_of(short_context, _batch_64, two_drafted)
chat_one_96 = speedup_of(short_context, _batch_96, one_drafted)
chat_two_96 = speedup_of(short_context, _batch_96, two_drafted)
verify_three_128 = verify_cost_of(short_context, _batch_128, three_drafted)
chat_three_128 = speedup_of(short_context, _batch_128, three_drafted)
chat_three_192 = speedup_of(short_context, _batch_192, three_drafted)
chat_one_192 = speedup_of(short_context, _batch_192, one_drafted)
chat_one_full = speedup_of(short_context, fit_short_drafter, one_drafted)
agent_draft_cost = draft_cost_of(context, fit_long_drafter)
agent_verify_cost = verify_cost_of(context, fit_long_drafter, three_drafted)
agent_speedup = speedup_of(context, fit_long_drafter, three_drafted)


def _rate_without(tokens_each: Assumed, batch: Source) -> Computed:
    """Tokens per second without a drafter."""
    return computed(decode_batch.batch_rate, batch=batch, step=step_of(tokens_each, batch))


def _rate_with(tokens_each: Assumed, batch: Source, drafted: Assumed) -> Computed:
    """Tokens per second with one."""
    factor = speedup_of(tokens_each, batch, drafted)
    return computed(speculation.speculative_rate, factor=factor, rate=_rate_without(tokens_each, batch))


chat_rate_without = _rate_without(short_context, fit_short)
chat_rate_with = _rate_with(short_context, fit_short_drafter, one_drafted)
agent_rate_without = _rate_without(context, fit_long)
agent_rate_with = _rate_with(context, fit_long_drafter, three_drafted)
agent_gain = computed(compare.throughput_ratio, first=agent_rate_with, second=agent_rate_without)
_agent_stream_without = computed(decode_batch.batch_rate, batch=_one, step=step_of(context, fit_long))
_agent_stream_ordinary = computed(decode_batch.batch_rate, batch=_one, step=step_of(context, fit_long_drafter))
_agent_stream_with = computed(speculation.speculative_rate, factor=agent_speedup, rate=_agent_stream_ordinary)
agent_stream = computed(compare.throughput_ratio, first=_agent_stream_with, second=_agent_stream_without)

# --- A mixture of experts -----------------------------------------------------------------------------------------
touch_batch_128 = Assumed(128, "1", "batch at which nearly all experts are read")
_experts = value("models", "deepseek_v3", "experts")
_experts_per_token = value("models", "deepseek_v3", "experts_per_token")


def touched(tokens_of_step: Source, routed: Source = _experts, each: Source = _experts_per_token) -> Computed:
    """Experts of a layer that a step touches."""
    return computed(experts.expected_experts, experts=routed, active=each, tokens=tokens_of_step)


def touch_growth(
    batch: Source, positions: Source, routed: Source = _experts, each: Source = _experts_per_token
) -> Computed:
    """Experts with so many positions in the step instead of one per sequence."""
    return computed(compare.count_ratio, first=touched(positions, routed, each), second=touched(batch, routed, each))


touch_growth_1 = touch_growth(_one, Assumed(2, "1", "one sequence with one drafted token"))
touch_growth_128 = touch_growth(touch_batch_128, Assumed(256, "1", "128 sequences with one drafted token each"))

# --- Exercises ----------------------------------------------------------------------------------------------------
_ex_target = tuple(Assumed(p, "1", "target's probability in the exercise") for p in (0.6, 0.3, 0.1))
_ex_draft = tuple(Assumed(q, "1", "draft's probability in the exercise") for q in (0.2, 0.5, 0.3))
ex_hand_acceptance = computed(speculation.acceptance, target=_ex_target, draft=_ex_draft)
ex_hand_bias = computed(speculation.resampling_bias, target=_ex_target, draft=_ex_draft)
ex_match = computed(speculation.matching_acceptance, target=_ex_target, draft=_ex_draft)

ex_length_cost = Assumed(0.1, "1", "cost of a drafted token in the exercise")
ex_length_acceptance = Assumed(0.7, "1", "acceptance in the exercise")


def _ex_length(drafted: Source) -> Computed:
    return computed(
        speculation.chain_speedup, acceptance=ex_length_acceptance, draft_length=drafted, draft_cost=ex_length_cost
    )


ex_length_one = _ex_length(_one)
ex_length_four = _ex_length(gamma)
ex_length_best = computed(
    speculation.optimal_length, acceptance=ex_length_acceptance, draft_cost=ex_length_cost, longest=longest
)

ex_mix_easy = Assumed(0.9, "1", "acceptance of the easy half of the requests")
ex_mix_hard = Assumed(0.5, "1", "acceptance of the hard half")
_ex_mix_first = Assumed(0.7, "1", "survival of the first token, the mean of both halves")
_ex_mix_two = Assumed(0.53, "1", "survival of the second token, the mean of 0.81 and 0.25")
_ex_mix_three = Assumed(0.427, "1", "survival of the third token, the mean of 0.729 and 0.125")
ex_mix_easy_tokens = computed(speculation.expected_tokens, acceptance=ex_mix_easy, draft_length=three_drafted)
ex_mix_hard_tokens = computed(speculation.expected_tokens, acceptance=ex_mix_hard, draft_length=three_drafted)
ex_mix_second = computed(compare.count_ratio, first=_ex_mix_two, second=_ex_mix_first)
ex_mix_third = computed(compare.count_ratio, first=_ex_mix_three, second=_ex_mix_two)
ex_mix_tokens = computed(speculation.tokens_by_position, acceptances=(_ex_mix_first, ex_mix_second, ex_mix_third))
ex_mix_predicted = computed(speculation.expected_tokens, acceptance=_ex_mix_first, draft_length=three_drafted)

ex_cost_tokens = Assumed(3.2, "1", "tokens per round in the exercise")
ex_cost_speedup = Assumed(2, "1", "speed-up in the exercise")
ex_cost_round = computed(speculation.round_cost, tokens=ex_cost_tokens, factor=ex_cost_speedup)

ex_stop_tokens = Assumed(2.5, "1", "tokens per round in the exercises")
_ex_free = Assumed(0, "1", "a drafter that takes no time")
_ex_positions = Assumed(4, "1", "positions per sequence with three drafted tokens")
ex_stop_onset = computed(compare.count_ratio, first=ridge_positions, second=_ex_positions)
_ex_short = Assumed(1, "token", "contexts too short to matter")
ex_stop_batch = computed(
    verification.break_even_batch,
    tokens=ex_stop_tokens,
    draft_length=three_drafted,
    draft_cost=_ex_free,
    weights=_drafter.weights,
    cache=_no_cache,
    operations=_drafter.operations(_ex_short, _nothing),
    verification=_drafter.operations(_ex_short, three_drafted),
    gpus=_one,
    bandwidth=_h100_bandwidth,
    bandwidth_share=_whole,
    peak=_h100_peak,
    utilization=_whole,
    overhead=Assumed(0, "s", "no overhead"),
)

ex_experts = Assumed(64, "1", "experts of a layer in the exercise")
ex_experts_active = Assumed(4, "1", "experts per token in the exercise")
ex_experts_batch = Assumed(32, "1", "sequences in the exercise")
_ex_experts_positions = Assumed(128, "1", "32 sequences with three drafted tokens each")
ex_experts_four = touched(_ex_positions, ex_experts, ex_experts_active)
ex_experts_growth_one = touch_growth(_one, _ex_positions, ex_experts, ex_experts_active)
ex_experts_32 = touched(ex_experts_batch, ex_experts, ex_experts_active)
ex_experts_128 = touched(_ex_experts_positions, ex_experts, ex_experts_active)
ex_experts_growth_32 = touch_growth(ex_experts_batch, _ex_experts_positions, ex_experts, ex_experts_active)

ex_tree_first = Assumed(0.6, "1", "chance of the drafter's best candidate")
ex_tree_second = Assumed(0.2, "1", "chance of its second candidate")


def _ex_tree(*paths_taken: float) -> Computed:
    nodes = tuple(Assumed(p, "1", "probability of a path of the tree in the exercise") for p in paths_taken)
    return computed(speculation.tree_tokens, paths=nodes)


ex_tree_tokens = _ex_tree(0.6, 0.36, 0.216, 0.2, 0.1296, 0.12)
ex_tree_chain = _ex_tree(*(0.6**depth for depth in range(1, 7)))

ex_design_batch = Assumed(40, "1", "sequences without a drafter")
ex_design_tokens = Assumed(2.4, "1", "tokens per round")
ex_design_lost = Assumed(6, "1", "sequences that the drafter displaces")
_ex_design_left = Assumed(34, "1", "sequences that are left")
ex_design_weights = computed(
    speculation.speedup,
    tokens=ex_design_tokens,
    draft_length=_nothing,
    draft_cost=_ex_free,
    verify_cost=computed(compare.count_ratio, first=ex_design_batch, second=_ex_design_left),
)

# --- Exactness: six tokens, simulated -----------------------------------------------------------------------------
_target = tuple(Assumed(float(p), "1", "target's probability of a token in the simulation") for p in simulation.TARGET)
_draft = tuple(Assumed(float(q), "1", "draft's probability of a token in the simulation") for q in simulation.DRAFT)
six_acceptance = computed(speculation.acceptance, target=_target, draft=_draft)
six_distance = computed(speculation.total_variation, target=_target, draft=_draft)
six_bias = computed(speculation.resampling_bias, target=_target, draft=_draft)

_TESTS = read(_FOLDER / "exactness_tests.csv")
_SETTINGS = {
    simulation.TOKEN: "one token, one candidate",
    simulation.SIBLINGS: "one token, three different candidates",
    simulation.CHAIN: "sequences of four tokens, chains of four drafted",
    simulation.TREE: "sequences of four tokens, trees with 3, 2 and 1 children",
}
_RULES = {
    simulation.RESIDUAL: "residual rule",
    simulation.RESAMPLE: "rejected tokens drawn from the target",
    simulation.UNCHANGED: "siblings tested against the target itself",
    simulation.TYPICAL: "typical acceptance",
    simulation.GREEDY: "greedy acceptance",
}


def _test(column: str, what: str, setting: int, rule: int) -> Measured:
    found = _TESTS.cell(column, setting=setting, rule=rule)
    return Measured(_TESTS, f"{what}: {_SETTINGS[setting]}, {_RULES[rule]}", found, "1")


def _statistic(setting: int, rule: int) -> Measured:
    return _test("chi_square", "chi-square", setting, rule)


trials = _test("trials", "tokens or sequences", simulation.TOKEN, simulation.RESIDUAL)
token_critical = _test("critical", "critical value", simulation.TOKEN, simulation.RESIDUAL)
token_detectable = _test("detectable", "relative error found in 99 of 100", simulation.TOKEN, simulation.RESIDUAL)
sequence_critical = _test("critical", "critical value", simulation.CHAIN, simulation.RESIDUAL)
sequence_detectable = _test("detectable", "relative error found in 99 of 100", simulation.CHAIN, simulation.RESIDUAL)
token_residual = _statistic(simulation.TOKEN, simulation.RESIDUAL)
token_resample = _statistic(simulation.TOKEN, simulation.RESAMPLE)
token_resample_distance = _test("distance", "counted bias", simulation.TOKEN, simulation.RESAMPLE)
siblings_residual = _statistic(simulation.SIBLINGS, simulation.RESIDUAL)
siblings_resample = _statistic(simulation.SIBLINGS, simulation.RESAMPLE)
siblings_unchanged = _statistic(simulation.SIBLINGS, simulation.UNCHANGED)
chain_residual = _statistic(simulation.CHAIN, simulation.RESIDUAL)
chain_resample = _statistic(simulation.CHAIN, simulation.RESAMPLE)
chain_typical = _statistic(simulation.CHAIN, simulation.TYPICAL)
chain_greedy = _statistic(simulation.CHAIN, simulation.GREEDY)
tree_residual = _statistic(simulation.TREE, simulation.RESIDUAL)
tree_resample = _statistic(simulation.TREE, simulation.RESAMPLE)
tree_unchanged = _statistic(simulation.TREE, simulation.UNCHANGED)

# --- Acceptance by position, simulated ----------------------------------------------------------------------------
_SHARES = read(_FOLDER / "acceptance_by_position.csv")
_YIELDS = read(_FOLDER / "tokens_per_round.csv")
_DRAFTS = {simulation.OWN: "draft that reads its own tokens", simulation.HEADS: "parallel heads"}
eight = Assumed(simulation.LEVELS, "1", "drafted tokens per round in the simulation of positions")


def _share(draft: int, position: int) -> Measured:
    found = _SHARES.cell("share", draft=draft, position=position)
    return Measured(_SHARES, f"acceptance at position {position}, {_DRAFTS[draft]}", found, "1")


def _yield(column: str, what: str, draft: int) -> Measured:
    found = _YIELDS.cell(column, draft=draft, draft_length=simulation.LEVELS)
    return Measured(_YIELDS, f"{what}, {_DRAFTS[draft]}, 8 drafted", found, "1")


def _tokens(draft: int) -> Computed:
    shares = [_share(draft, place + 1) for place in range(simulation.LEVELS)]
    return computed(speculation.tokens_by_position, acceptances=shares)


text_acceptance = _yield("acceptance", "acceptance over a long text of the target", simulation.OWN)
own_first = _share(simulation.OWN, 1)
own_last = _share(simulation.OWN, simulation.LEVELS)
heads_first = _share(simulation.HEADS, 1)
heads_lowest = _share(simulation.HEADS, 5)
own_tokens = _yield("tokens", "tokens per round", simulation.OWN)
own_deviation = _yield("deviation", "standard deviation of the tokens per round", simulation.OWN)
heads_tokens = _yield("tokens", "tokens per round", simulation.HEADS)
own_tokens_by_position = _tokens(simulation.OWN)
own_short = Measured(
    _YIELDS,
    "tokens per round, draft that reads its own tokens, 3 drafted",
    _YIELDS.cell("tokens", draft=simulation.OWN, draft_length=3),
    "1",
)
own_short_predicted = computed(
    speculation.tokens_by_position, acceptances=[_share(simulation.OWN, place) for place in (1, 2, 3)]
)
heads_tokens_by_position = _tokens(simulation.HEADS)
independent_tokens = computed(speculation.expected_tokens, acceptance=text_acceptance, draft_length=eight)
independent_deviation = computed(speculation.tokens_deviation, acceptance=text_acceptance, draft_length=eight)
first_position_tokens = computed(speculation.expected_tokens, acceptance=own_first, draft_length=eight)
