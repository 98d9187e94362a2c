"""Worked examples of the text: a larger vocabulary, a window of words, a speed in bytes, patches of bytes."""

from __future__ import annotations

from figures.data import Datum, load
from figures.formulas import compare, embeddings, kv_cache, text_costs, tokens, vocabulary, vocabulary_optimum
from figures.results import Assumed, Computed, Source, computed
from figures.shapes import cache_shape
from figures.tokenization import results_text as text
from figures.tokenization.results_embeddings import BODIES


def _model(name: str, field: str) -> Datum:
    found = load("models")[name][field]
    assert isinstance(found, Datum)
    return found


def _matrix(size: Source, width: Source, tables: Source) -> Computed:
    """Parameters of the embedding and, unless both are one, of the output matrix."""
    return computed(embeddings.embedding_parameters, tables=tables, vocabulary=size, width=width)


# --- A larger vocabulary ------------------------------------------------------------------------------------------
_two = Assumed(2, "1", "input and output matrix, which are not tied")
_WIDTH, _ALL = _model("llama3_1_8b", "hidden_size"), _model("llama3_1_8b", "parameters")
_LARGE = _model("llama3_1_8b", "vocabulary")
old_vocabulary = Assumed(32_000, "1", "tokens of Llama 2's vocabulary, rounded")
llama3_embedding = _matrix(_LARGE, _WIDTH, _two)
llama2_embedding = _matrix(old_vocabulary, _WIDTH, _two)
llama3_embedding_share = computed(compare.count_ratio, first=llama3_embedding, second=_ALL)
llama3_output = computed(embeddings.output_operations, vocabulary=_LARGE, width=_WIDTH)
llama2_output = computed(embeddings.output_operations, vocabulary=old_vocabulary, width=_WIDTH)
body = Assumed(13.9e9, "FLOP/token", "twice the parameters of Llama 3.1 8B outside both matrices")
llama3_break_even = computed(
    vocabulary.break_even_compression, body=body, vocabulary=old_vocabulary, larger=_LARGE, width=_WIDTH
)
_counts = load("token_counts")["llama3_english"]
_before, _after = _counts["before"], _counts["after"]
assert isinstance(_before, Datum) and isinstance(_after, Datum)
llama3_compression = computed(compare.count_ratio, first=_after, second=_before)
llama3_left = computed(compare.count_ratio, first=llama3_break_even, second=llama3_compression)
logit_positions = Assumed(8192, "position", "a sequence in training")
llama3_logits = computed(
    vocabulary.logits_bytes,
    positions=logit_positions,
    vocabulary=_LARGE,
    element_bytes=Assumed(4, "B", "logits in 32 bits"),
)
tao_parameters = Assumed(7e9, "1", "a model of the usual small size")
tao_width = Assumed(4096, "1", "its width")
tao_vocabulary = computed(vocabulary.best_vocabulary_parameters, parameters=tao_parameters)
tao_size = computed(compare.count_ratio, first=tao_vocabulary, second=tao_width)


# --- Where a character costs least ---------------------------------------------------------------------------------
def _excess(others: Source, size: Source, width: Source) -> Computed:
    """Cost of a character over the least."""
    return computed(vocabulary_optimum.over_best_vocabulary, others=others, vocabulary=size, width=width)


_BODY = {one.key: one for one in BODIES}
_LLAMA, _QWEN, _GEMMA = _BODY["llama3_1_8b"], _BODY["qwen3_0_6b"], _BODY["gemma3_270m"]
best_llama = computed(vocabulary_optimum.best_vocabulary, others=_LLAMA.others, width=_LLAMA.width)
best_qwen = computed(vocabulary_optimum.best_vocabulary, others=_QWEN.others, width=_QWEN.width)
best_gemma = computed(vocabulary_optimum.best_vocabulary, others=_GEMMA.others, width=_GEMMA.width)
excess_llama = _excess(_LLAMA.others, _LLAMA.vocabulary, _LLAMA.width)
excess_llama_old = _excess(_LLAMA.others, old_vocabulary, _LLAMA.width)
excess_qwen = _excess(_QWEN.others, _QWEN.vocabulary, _QWEN.width)
excess_gemma = _excess(_GEMMA.others, _GEMMA.vocabulary, _GEMMA.width)
traffic_batch = Assumed(32, "sequence", "users who are decoded together")
traffic_context = Assumed(8192, "token", "the context of each")
traffic_others = computed(
    vocabulary_optimum.traffic_parameters,
    others=_LLAMA.others,
    batch=traffic_batch,
    growth=computed(
        kv_cache.growth_per_token, **cache_shape("llama3_1_8b").inputs(Assumed(2, "B", "a cache in 16 bits"))
    ),
    context=traffic_context,
    parameter_bytes=Assumed(2, "B", "weights in 16 bits"),
)
best_traffic = computed(vocabulary_optimum.best_vocabulary, others=traffic_others, width=_LLAMA.width)

# --- A service in Hindi -------------------------------------------------------------------------------------------
llama3_70b_growth = computed(
    kv_cache.growth_per_token, **cache_shape("llama3_1_70b").inputs(Assumed(2, "B", "a cache in 16 bits"))
)
window = Assumed(131_072, "token", "the context of Llama 3.1")
_fertility = text.fertile("Llama 3.1", "English")
window_words_hi = computed(
    text_costs.words_in_context, context=window, fertility=_fertility, premium=text.premium_hi_llama31
)
window_words_en = computed(
    text_costs.words_in_context, context=window, fertility=_fertility, premium=Assumed(1, "1", "English itself")
)

# --- Tokens per second --------------------------------------------------------------------------------------------
speed_one = Assumed(100, "token/s", "a model in service")
speed_two = Assumed(50, "token/s", "another, half as fast in tokens")
rate_one = computed(tokens.text_rate, rate=speed_one, bytes_per_token=text.bpt_hi_qwen3)
rate_two = computed(tokens.text_rate, rate=speed_two, bytes_per_token=text.bpt_hi_gemma3)

# --- Patches of bytes ---------------------------------------------------------------------------------------------
local = Assumed(0.5e9, "FLOP/B", "small models of a quarter of a billion parameters")
patch_en = computed(
    vocabulary.break_even_patch,
    body=body,
    vocabulary=_LARGE,
    width=_WIDTH,
    bytes_per_token=text.bpt_en_llama31,
    local=local,
)
patch_free = computed(
    vocabulary.break_even_patch,
    body=body,
    vocabulary=_LARGE,
    width=_WIDTH,
    bytes_per_token=text.bpt_en_llama31,
    local=Assumed(0, "FLOP/B", "small models that cost nothing"),
)
patch_sw = computed(
    vocabulary.break_even_patch,
    body=body,
    vocabulary=_LARGE,
    width=_WIDTH,
    bytes_per_token=text.bpt_sw_llama31,
    local=local,
)
_mix = load("token_counts")["blt_mix"]["bytes_per_token"]
assert isinstance(_mix, Datum)
patch_mix = computed(
    vocabulary.break_even_patch, body=body, vocabulary=_LARGE, width=_WIDTH, bytes_per_token=_mix, local=local
)

# --- What the measurement of training chose ----------------------------------------------------------------------
trained_merges = Assumed(512, "1", "merges of the slowest training that was timed")
trained_text = Assumed(65_536, "B", "its text")
