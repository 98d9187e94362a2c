"""Many GPUs, effective length and price, of the article on context windows."""

from __future__ import annotations

from figures import data
from figures.context_window_scaling.results_cost import TWO, cache, million
from figures.data import Datum, value
from figures.formulas import (
    communication_bounds,
    compare,
    context_parallel,
    effective_context,
    kv_cache,
    parameters,
    roofline,
    score_intervals,
    text_costs,
    whole_text_costs,
)
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import EVERY_TOKEN, NO_WINDOW, head_dim

# --- One sequence on several GPUs ---------------------------------------------------------------------------------
_LLAMA = "llama3_1_405b"
_H100 = "nvidia_h100_80gb_sxm"
_half = Assumed(0.5, "1", "causal mask, blocks mirrored: half of the scores")
_all = Assumed(1, "1", "no mask: all scores")
_one_head = Assumed(1, "1", "one KV head per query head")
network = Assumed(50e9, "B/s", "a link of 400 Gbit/s per GPU between nodes")
sixteen = Assumed(16, "1", "nodes, or GPUs, that share a sequence")


def _block(kv_heads: Source, query_heads: Source, share: Source, bandwidth: Source) -> Computed:
    return computed(
        communication_bounds.ring_block,
        query_heads=query_heads,
        kv_heads=kv_heads,
        attended=share,
        element_bytes=TWO,
        ridge=computed(roofline.ridge, peak=value("hardware", _H100, "bf16_dense"), bandwidth=bandwidth),
    )


_heads = (value("models", _LLAMA, "kv_heads"), value("models", _LLAMA, "query_heads"))
block_network = _block(*_heads, _half, network)
block_nvlink = _block(*_heads, _half, value("hardware", _H100, "nvlink_bandwidth_per_direction"))
block_multi_head = _block(_one_head, _one_head, _all, network)
contiguous = computed(context_parallel.contiguous_excess, gpus=sixteen)
_cache = cache(_LLAMA, million)
_queries = computed(
    kv_cache.cache_bytes,
    context=million,
    element_bytes=TWO,
    layers=[value("models", _LLAMA, "layers")],
    elements=[computed(parameters.side_by_side, count=value("models", _LLAMA, "query_heads"), width=head_dim(_LLAMA))],
    windows=[NO_WINDOW],
    strides=[EVERY_TOKEN],
)
_eight = Assumed(8, "1", "GPUs of a node")
ring_traffic = computed(context_parallel.ring_bytes, gpus=_eight, cache=_cache)
exchange_traffic = computed(context_parallel.head_exchange_bytes, gpus=_eight, cache=_cache, queries=_queries)
dcp_traffic = computed(
    context_parallel.decode_exchange_bytes,
    element_bytes=TWO,
    query_heads=value("models", _LLAMA, "query_heads"),
    key_dim=head_dim(_LLAMA),
    value_dim=head_dim(_LLAMA),
)

# --- Effective length ---------------------------------------------------------------------------------------------
RULER = ("4k", "8k", "16k", "32k", "64k", "128k")
NOLIMA = ("1k", "2k", "4k", "8k", "16k", "32k")
ruler_threshold = Assumed(85.6, "%", "RULER's threshold, as cited beside it")
nolima_share = Assumed(0.85, "1", "NoLiMa's share of the base score, as cited beside it")


def _tested(model: str, names: tuple[str, ...]) -> tuple[list[Source], list[Source]]:
    entry = data.load("effective_lengths")[model]
    scores = {name: entry[f"at_{name}"] for name in names if isinstance(entry.get(f"at_{name}"), Datum)}
    lengths: list[Source] = [
        Assumed(1024 * int(name[:-1]), "token", f"length of the test at {name.upper()}") for name in scores
    ]
    return lengths, [score for score in scores.values() if isinstance(score, Datum)]


def ruler_length(model: str) -> Computed:
    """Effective length of a model by RULER's rule."""
    lengths, scores = _tested(f"ruler_{model}", RULER)
    return computed(effective_context.effective_length, lengths=lengths, scores=scores, threshold=ruler_threshold)


def nolima_length(model: str) -> Computed:
    """Effective length of a model by NoLiMa's rule."""
    lengths, scores = _tested(f"nolima_{model}", NOLIMA)
    threshold = computed(
        effective_context.relative_threshold,
        share=nolima_share,
        base=value("effective_lengths", f"nolima_{model}", "base"),
    )
    return computed(effective_context.effective_length, lengths=lengths, scores=scores, threshold=threshold)


def _usable(effective: Source, entry: str) -> Computed:
    return computed(
        effective_context.usable_share,
        effective=effective,
        claimed=value("effective_lengths", entry, "claimed"),
    )


llama70_ruler = ruler_length("llama3_1_70b")
llama70_nolima = nolima_length("llama_3_1_70b")
llama70_ruler_share = _usable(llama70_ruler, "ruler_llama3_1_70b")
llama70_nolima_share = _usable(llama70_nolima, "nolima_llama_3_1_70b")


def _share(count: Source) -> Computed:
    return computed(compare.count_ratio, first=count, second=_questions)


_ROT = "contextrot_longmemeval"
_questions = value("published", _ROT, "questions")
_95 = Assumed(0.95, "1", "confidence of the intervals")
rot_focused = _share(value("published", _ROT, "focused_right"))
rot_full = _share(value("published", _ROT, "full_right"))


def _interval(share: Source, questions: Source) -> tuple[Computed, Computed]:
    low = computed(score_intervals.wilson_low, solved=share, problems=questions, confidence=_95)
    high = computed(score_intervals.wilson_high, solved=share, problems=questions, confidence=_95)
    return low, high


rot_focused_low, rot_focused_high = _interval(rot_focused, _questions)
rot_full_low, rot_full_high = _interval(rot_full, _questions)
_fiction = Assumed(36, "1", "questions of Fiction.liveBench, as cited beside it")
_half_right = Assumed(0.5, "1", "a score of one half")
fiction_low, fiction_high = _interval(_half_right, _fiction)

# --- Price --------------------------------------------------------------------------------------------------------
text = Assumed(200_000, "token", "a text, such as the documents of a case")
retrieved = Assumed(4000, "token", "passages that are retrieved for a question")
question = Assumed(100, "token", "a question")
answer = Assumed(300, "token", "an answer")
asked = Assumed(20, "1", "questions about one text")
output_price = Assumed(1.7, "USD", "price of a million output tokens, of the same order as the list's")
index_price = Assumed(0.02, "USD", "price of embedding a million tokens")
_miss = value("published", "deepseek_v3_1_prices", "miss")
_hit = value("published", "deepseek_v3_1_prices", "hit")


def whole(asked_: Source, text_: Source, hit: Source) -> Computed:
    """Price of questions with the whole text before each."""
    return computed(
        whole_text_costs.whole_text_cost,
        queries=asked_,
        text=text_,
        question=question,
        answer=answer,
        write_price=_miss,
        hit_price=hit,
        input_price=_miss,
        output_price=output_price,
    )


whole_cached = whole(asked, text, _hit)
whole_uncached = whole(asked, text, _miss)
by_retrieval = computed(
    whole_text_costs.retrieval_cost,
    queries=asked,
    text=text,
    retrieved=retrieved,
    question=question,
    answer=answer,
    index_price=index_price,
    input_price=_miss,
    output_price=output_price,
)
cached_over_retrieval = computed(compare.cost_ratio, first=whole_cached, second=by_retrieval)
uncached_over_retrieval = computed(compare.cost_ratio, first=whole_uncached, second=by_retrieval)
break_even = computed(whole_text_costs.break_even_text, retrieved=retrieved, input_price=_miss, hit_price=_hit)
text_once = computed(text_costs.text_price, tokens=text, price=_miss)

__all__ = [
    "answer",
    "asked",
    "block_multi_head",
    "block_network",
    "block_nvlink",
    "break_even",
    "by_retrieval",
    "cached_over_retrieval",
    "contiguous",
    "dcp_traffic",
    "exchange_traffic",
    "fiction_high",
    "fiction_low",
    "index_price",
    "llama70_nolima",
    "llama70_nolima_share",
    "llama70_ruler",
    "llama70_ruler_share",
    "network",
    "nolima_share",
    "output_price",
    "question",
    "retrieved",
    "ring_traffic",
    "rot_focused",
    "rot_focused_high",
    "rot_focused_low",
    "rot_full",
    "rot_full_high",
    "rot_full_low",
    "ruler_threshold",
    "sixteen",
    "text",
    "text_once",
    "uncached_over_retrieval",
    "whole_cached",
    "whole_uncached",
]
