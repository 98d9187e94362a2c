"""Answers to the exercises that a formula gives; the others are counted in the test of the article."""

from __future__ import annotations

from figures.formulas import scores, tokens, vocabulary
from figures.results import Assumed, computed
from figures.tokenization import results_text as text

# --- A small model ------------------------------------------------------------------------------------------------
ex_small_body = Assumed(2e9, "FLOP/token", "a model of a billion parameters outside its vocabulary")
ex_small_width = Assumed(2048, "1", "its width")
ex_small_vocabulary = Assumed(32_000, "1", "its vocabulary")
ex_small_larger = Assumed(262_144, "1", "that of Gemma 3, rounded up")
ex_small_break_even = computed(
    vocabulary.break_even_compression,
    body=ex_small_body,
    vocabulary=ex_small_vocabulary,
    larger=ex_small_larger,
    width=ex_small_width,
)
ex_small_english = computed(
    tokens.premium, tokens=text.count("Llama 2", "English"), reference=text.count("Gemma 3", "English")
)
ex_small_hindi = computed(
    tokens.premium, tokens=text.count("Llama 2", "Hindi"), reference=text.count("Gemma 3", "Hindi")
)

# --- Two prices ---------------------------------------------------------------------------------------------------
ex_price_one = Assumed(2, "USD", "per million tokens, with Qwen3's tokenizer")
ex_price_two = Assumed(3, "USD", "per million tokens, with Gemma 3's tokenizer")
ex_price_hi = computed(tokens.premium, tokens=text.count("Qwen3", "Hindi"), reference=text.count("Gemma 3", "Hindi"))
ex_price_en = computed(
    tokens.premium, tokens=text.count("Qwen3", "English"), reference=text.count("Gemma 3", "English")
)

# --- Two losses ---------------------------------------------------------------------------------------------------
ex_loss_one = Assumed(1.75, "1/token", "mean loss of model A on a text")
ex_loss_two = Assumed(2.10, "1/token", "mean loss of model B on the same text")
ex_loss_size = Assumed(1_000_000, "B", "the text")
ex_loss_tokens_one = Assumed(215_000, "token", "its tokens for model A")
ex_loss_tokens_two = Assumed(172_000, "token", "its tokens for model B")
ex_loss_bits_one = computed(scores.bits_per_byte, loss=ex_loss_one, tokens=ex_loss_tokens_one, size=ex_loss_size)
ex_loss_bits_two = computed(scores.bits_per_byte, loss=ex_loss_two, tokens=ex_loss_tokens_two, size=ex_loss_size)
ex_loss_bpt_one = computed(tokens.bytes_per_token, size=ex_loss_size, tokens=ex_loss_tokens_one)
ex_loss_bpt_two = computed(tokens.bytes_per_token, size=ex_loss_size, tokens=ex_loss_tokens_two)
ex_loss_step = computed(tokens.premium, tokens=ex_loss_tokens_one, reference=ex_loss_tokens_two)

# --- Patches ------------------------------------------------------------------------------------------------------
ex_patch_body = Assumed(2e9, "FLOP/token", "a model of a billion parameters outside its vocabulary")
ex_patch_vocabulary = Assumed(128_000, "1", "its vocabulary")
ex_patch_width = Assumed(2048, "1", "its width")
ex_patch_bytes = Assumed(4.5, "B/token", "what a token stands for")
ex_patch_local = Assumed(0.1e9, "FLOP/B", "small models of fifty million parameters")
ex_patch = computed(
    vocabulary.break_even_patch,
    body=ex_patch_body,
    vocabulary=ex_patch_vocabulary,
    width=ex_patch_width,
    bytes_per_token=ex_patch_bytes,
    local=ex_patch_local,
)
