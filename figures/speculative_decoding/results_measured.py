"""What a small model accepted of its drafts, and the trees that its ranks call for."""

from __future__ import annotations

from collections.abc import Sequence

from figures import paths
from figures.formulas import compare, speculation
from figures.lab import draft_trees
from figures.lab.draft_trees import Tree
from figures.measurement import read
from figures.measurements.decoder_steps import DRAFT_CONTEXT, GQA
from figures.measurements.self_speculation import DRAFTED, LOOKUP, RANKS, SKIP, SKIPPED
from figures.results import Assumed, Computed, Measured, Source, computed

_FOLDER = paths.FIGURES / "speculative_decoding"
TEXT = read(_FOLDER / "layers_left_out.csv")
PLACES = read(_FOLDER / "measured_positions.csv")
ROUNDS = read(_FOLDER / "measured_rounds.csv")
DRAFTS = {SKIP: "layers left out", LOOKUP: "look-up"}


def over_text(column: str, what: str, first: int, last: int, temperature: float) -> Measured:
    """A mean over the text for the draft without the layers ``first`` to ``last``."""
    found = TEXT.cell(column, first_left_out=first, last_left_out=last, temperature=temperature)
    return Measured(TEXT, f"{what}, layers {first} to {last} left out, temperature {temperature:g}", found, "1")


def share(draft: int, temperature: float, position: int) -> Measured:
    """Acceptance at a position of the draft."""
    found = PLACES.cell("share", draft=draft, temperature=temperature, position=position)
    what = f"acceptance at position {position}, {DRAFTS[draft]}, temperature {temperature:g}"
    return Measured(PLACES, what, found, "1")


def of_rounds(column: str, what: str, draft: int, temperature: float) -> Measured:
    """A mean over the rounds of one draft."""
    found = ROUNDS.cell(column, draft=draft, temperature=temperature)
    return Measured(ROUNDS, f"{what}, {DRAFTS[draft]}, temperature {temperature:g}", found, "1")


five = Assumed(DRAFTED, "1", "drafted tokens per round in the measurement")
_OURS = (SKIPPED[0] + 1, SKIPPED[1])
skip_cost = over_text("cost", "parameters of a drafted token over those of the target", *_OURS, 1)
skip_acceptance_cold = over_text("acceptance", "acceptance over a text", *_OURS, 0)
skip_acceptance = over_text("acceptance", "acceptance over a text", *_OURS, 1)
skip_tokens = of_rounds("tokens", "tokens per round", SKIP, 1)
skip_independent = of_rounds("independent", "tokens per round if acceptance were independent", SKIP, 1)
skip_rounds = of_rounds("rounds", "rounds", SKIP, 1)
skip_tokens_cold = of_rounds("tokens", "tokens per round", SKIP, 0)
skip_independent_cold = of_rounds("independent", "tokens per round if acceptance were independent", SKIP, 0)
skip_rounds_cold = of_rounds("rounds", "rounds", SKIP, 0)
skip_speedup = computed(
    speculation.speedup,
    tokens=skip_tokens,
    draft_length=five,
    draft_cost=skip_cost,
    verify_cost=Assumed(1, "1", "the verification takes as long as a step"),
)
lookup_first = share(LOOKUP, 0, 1)
lookup_last = share(LOOKUP, 0, DRAFTED)
lookup_first_warm = share(LOOKUP, 1, 1)
lookup_drafting = of_rounds("drafting", "rounds with a draft", LOOKUP, 0)
lookup_tokens_cold = of_rounds("tokens", "tokens per round", LOOKUP, 0)
lookup_tokens = of_rounds("tokens", "tokens per round", LOOKUP, 1)

# --- Trees: acceptance by rank ------------------------------------------------------------------------------------
WEAK: tuple[Source, ...] = tuple(
    over_text(f"rank_{rank + 1}", f"greedy choice of the target at rank {rank + 1} of the draft", *_OURS, 0)
    for rank in range(RANKS)
)
_strong = (0.8, 0.1, 0.04, 0.02)
STRONG: tuple[Source, ...] = tuple(
    Assumed(chance, "1", f"acceptance of a good draft's candidate of rank {rank + 1}")
    for rank, chance in enumerate(_strong)
)
DEEPEST = 10  # levels that a draft may have


def values(ranks: Sequence[Source]) -> list[float]:
    """Acceptance by rank as numbers."""
    return [rank.value for rank in ranks]


def best(ranks: Sequence[Source], size: int) -> Tree:
    """The best tree of ``size`` nodes."""
    return draft_trees.best_tree(values(ranks), size, DEEPEST)


def chain(ranks: Sequence[Source], size: int) -> Tree:
    """The chain of ``size`` nodes, or of as many as the deepest draft has."""
    return draft_trees.chain(values(ranks), min(size, DEEPEST))


def tokens_of(ranks: Sequence[Source], tree: Tree) -> Computed:
    """Tokens per round of a tree."""
    ways = [computed(speculation.path_probability, acceptances=[ranks[rank] for rank in node]) for node in tree.nodes]
    return computed(speculation.tree_tokens, paths=ways)


weak_rank_1 = WEAK[0]
strong_rank_1, strong_rank_2 = STRONG[:2]
weak_chain_8 = tokens_of(WEAK, chain(WEAK, 8))
weak_tree_8 = tokens_of(WEAK, best(WEAK, 8))
weak_tree_64 = tokens_of(WEAK, best(WEAK, 64))
strong_chain_8 = tokens_of(STRONG, chain(STRONG, 8))
strong_tree_64 = tokens_of(STRONG, best(STRONG, 64))

# --- Verification on a CPU: measured ------------------------------------------------------------------------------
_CPU_STEPS = read(paths.FIGURES / "batching_report" / "decoder_steps.csv")


def _cpu_positions(batch: int, positions: int) -> Measured:
    cell = _CPU_STEPS.cell("median_s", kv_heads=GQA, batch=batch, context=DRAFT_CONTEXT, positions=positions)
    what = f"median time of a step, batch {batch}, {positions} positions per sequence, 1,024 cached tokens"
    return Measured(_CPU_STEPS, what, cell, "s")


def _cpu_cost(batch: int, positions: int) -> Computed:
    return computed(compare.time_ratio, first=_cpu_positions(batch, positions), second=_cpu_positions(batch, 1))


cpu_verify_1_2, cpu_verify_1_16, cpu_verify_16_16 = _cpu_cost(1, 2), _cpu_cost(1, 16), _cpu_cost(16, 16)
