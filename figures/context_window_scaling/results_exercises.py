"""The numbers of the exercises of the article on context windows."""

from __future__ import annotations

from figures.context_window_scaling.results_cost import ONE, TWO, context_131k, growth
from figures.context_window_scaling.results_layers import next_state, selected_2048, v32_index_growth
from figures.context_window_scaling.results_use import answer, index_price, output_price, question, ruler_threshold
from figures.data import value
from figures.formulas import (
    communication_bounds,
    compare,
    context_cost,
    effective_context,
    kv_cache,
    linear_attention,
    roofline,
    rope,
    rope_scaling,
    selected_attention,
    whole_text_costs,
)
from figures.results import Assumed, computed
from figures.shapes import EVERY_TOKEN, NO_WINDOW, elements

ex_dim = Assumed(128, "1", "rotated dimensions of the exercise")
ex_base = Assumed(10000, "1", "base of the exercise")
ex_trained = Assumed(2048, "token", "context of the training in the exercise")
ex_wanted = Assumed(8192, "token", "context that is wanted in the exercise")
_ex_scale = computed(rope_scaling.scale, context=ex_wanted, original=ex_trained)
ex_slow = computed(rope.unturned_pairs, dim=ex_dim, base=ex_base, context=ex_trained)
_once = Assumed(1, "1", "one turn")
ex_turning = computed(rope.turning_pair, dim=ex_dim, base=ex_base, context=ex_trained, count=_once)
ex_ntk = computed(rope_scaling.ntk_base, base=ex_base, scale=_ex_scale, dim=ex_dim)

ex_scale = Assumed(16, "1", "scale of the exercise")
ex_factor = computed(rope_scaling.attention_factor, scale=ex_scale)
ex_logit = computed(rope_scaling.logit_factor, scale=ex_scale)

ex_parameters = Assumed(14e9, "1", "parameters of the exercise's model")
ex_layers = Assumed(40, "1", "layers of the exercise's model")
ex_heads = Assumed(40, "1", "query heads of the exercise's model")
_ex_head_dim = Assumed(128, "1", "head dimension of the exercise's model")
ex_crossover = computed(
    context_cost.crossover_context,
    parameters=ex_parameters,
    layers=ex_layers,
    query_heads=ex_heads,
    key_dim=_ex_head_dim,
    value_dim=_ex_head_dim,
)
ex_share = computed(
    context_cost.prefill_attention_share,
    context=context_131k,
    parameters=ex_parameters,
    query_heads=ex_heads,
    head_dim=_ex_head_dim,
    layers=[ex_layers],
    windows=[NO_WINDOW],
)

ex_next_growth = growth("qwen3_next_80b")
ex_next_tokens = computed(kv_cache.tokens_that_fit, room=next_state, growth=ex_next_growth)
_ex_linear_growth = computed(
    kv_cache.growth_per_token,
    element_bytes=TWO,
    layers=[value("models", "qwen3_next_80b", "linear_layers")],
    elements=[elements("qwen3_next_80b")],
    windows=[NO_WINDOW],
    strides=[EVERY_TOKEN],
)
ex_next_window = computed(kv_cache.tokens_that_fit, room=next_state, growth=_ex_linear_growth)

_ex_fp8_growth = computed(
    kv_cache.growth_per_token,
    element_bytes=ONE,
    layers=[value("models", "deepseek_v3_2_exp", "layers")],
    elements=[elements("deepseek_v3_2_exp")],
    windows=[NO_WINDOW],
    strides=[EVERY_TOKEN],
)
ex_index_crossing = computed(
    selected_attention.index_crossing, selected=selected_2048, growth=_ex_fp8_growth, index_growth=v32_index_growth
)

ex_peak = Assumed(312e12, "FLOP/s", "dense BF16 peak of an A100, for the exercise")
ex_link = Assumed(25e9, "B/s", "a link of 200 Gbit/s per GPU")
_one_head = Assumed(1, "1", "one KV head per query head")
_all_scores = Assumed(1, "1", "no mask")
ex_query_heads = Assumed(64, "1", "query heads of the exercise")
ex_kv_heads = Assumed(8, "1", "KV heads of the exercise")
_half = Assumed(0.5, "1", "causal, mirrored")
ex_gpus = Assumed(32, "1", "GPUs of the ring")
ex_file_short = Assumed(50_000, "token", "a short case file")
ex_file_long = Assumed(800_000, "token", "a long case file")
ex_file_questions = Assumed(30, "1", "questions per file")
_ex_ridge = computed(roofline.ridge, peak=ex_peak, bandwidth=ex_link)
ex_block_plain = computed(
    communication_bounds.ring_block,
    query_heads=_one_head,
    kv_heads=_one_head,
    attended=_all_scores,
    element_bytes=TWO,
    ridge=_ex_ridge,
)
ex_block_grouped = computed(
    communication_bounds.ring_block,
    query_heads=ex_query_heads,
    kv_heads=ex_kv_heads,
    attended=_half,
    element_bytes=TWO,
    ridge=_ex_ridge,
)
ex_prompt = computed(compare.scaled_count, factor=ex_gpus, count=ex_block_grouped)

_LENGTHS = [Assumed(1024 * size, "token", "a length of RULER") for size in (4, 8, 16, 32, 64, 128)]
_SCORES = [value("effective_lengths", "ruler_qwen3_8b_8b", f"at_{size}k") for size in (4, 8, 16, 32, 64, 128)]
ex_ruler = computed(effective_context.effective_length, lengths=_LENGTHS, scores=_SCORES, threshold=ruler_threshold)
ex_keep = Assumed(0.85, "1", "share of the shortest score that must be kept")
ex_threshold = computed(effective_context.relative_threshold, share=ex_keep, base=_SCORES[0])
ex_relative = computed(effective_context.effective_length, lengths=_LENGTHS, scores=_SCORES, threshold=ex_threshold)

ex_text = Assumed(100_000, "token", "text of the exercise")
ex_retrieved = Assumed(5000, "token", "passages of the exercise")
ex_input_price = Assumed(1, "USD", "price of a million input tokens in the exercise")
ex_hit_price = Assumed(0.1, "USD", "price of a million cached tokens in the exercise")
ex_asked = Assumed(10, "1", "questions of the exercise")
ex_break_even = computed(
    whole_text_costs.break_even_text, retrieved=ex_retrieved, input_price=ex_input_price, hit_price=ex_hit_price
)
ex_whole = computed(
    whole_text_costs.whole_text_cost,
    queries=ex_asked,
    text=ex_text,
    question=question,
    answer=answer,
    write_price=ex_input_price,
    hit_price=ex_hit_price,
    input_price=ex_input_price,
    output_price=output_price,
)
ex_retrieval = computed(
    whole_text_costs.retrieval_cost,
    queries=ex_asked,
    text=ex_text,
    retrieved=ex_retrieved,
    question=question,
    answer=answer,
    index_price=index_price,
    input_price=ex_input_price,
    output_price=output_price,
)

ex_state_layers = Assumed(36, "1", "linear layers of the exercise")
ex_state_heads = Assumed(32, "1", "heads of a linear layer in the exercise")
ex_key_dim = Assumed(128, "1", "dimension of a key in the exercise")
ex_pairs = Assumed(64, "1", "pairs that were added")
ex_exact = computed(linear_attention.exact_pairs, layers=ex_state_layers, heads=ex_state_heads, key_dim=ex_key_dim)
ex_noise = computed(linear_attention.overlap_noise, pairs=ex_pairs, key_dim=ex_key_dim)

__all__ = [
    "ex_asked",
    "ex_base",
    "ex_block_grouped",
    "ex_block_plain",
    "ex_break_even",
    "ex_crossover",
    "ex_dim",
    "ex_exact",
    "ex_factor",
    "ex_file_long",
    "ex_file_questions",
    "ex_file_short",
    "ex_gpus",
    "ex_heads",
    "ex_hit_price",
    "ex_index_crossing",
    "ex_input_price",
    "ex_keep",
    "ex_key_dim",
    "ex_kv_heads",
    "ex_layers",
    "ex_link",
    "ex_logit",
    "ex_next_growth",
    "ex_next_tokens",
    "ex_next_window",
    "ex_noise",
    "ex_ntk",
    "ex_pairs",
    "ex_parameters",
    "ex_peak",
    "ex_prompt",
    "ex_query_heads",
    "ex_relative",
    "ex_retrieval",
    "ex_retrieved",
    "ex_ruler",
    "ex_scale",
    "ex_share",
    "ex_slow",
    "ex_state_heads",
    "ex_state_layers",
    "ex_text",
    "ex_threshold",
    "ex_trained",
    "ex_turning",
    "ex_wanted",
    "ex_whole",
]
