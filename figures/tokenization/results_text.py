"""Numbers that the text prints about texts, production tokenizers and published token counts."""

from __future__ import annotations

import re

from figures import paths
from figures.data import Datum, load
from figures.formulas import compare, tokens
from figures.measurement import Measurement, read
from figures.measurements import corpus
from figures.results import Computed, Measured, computed

_FOLDER = paths.FIGURES / "tokenization"
_COUNTS = read(_FOLDER / "production.csv")
_TEXTS = read(_FOLDER / "texts.csv")
_CUTS = read(_FOLDER / "cuts.csv")
_DIGITS = read(_FOLDER / "number_lengths.csv")
_INDENTS = read(_FOLDER / "indents.csv")
_VOCABULARIES = read(_FOLDER / "vocabularies.csv")
_SHARED = read(_FOLDER / "shared_tokens.csv")
_UNREACHABLE = read(_FOLDER / "unreachable.csv")


def _key(measurement: Measurement, column: str) -> dict[str, int]:
    """Names of a coded column, from the header: ``1: GPT-2 (…), …; 2: …``."""
    found = re.findall(r"(?:^|; )(\d+): ([^;]+)", measurement.header[column])
    return {name.partition(" (")[0].strip(): int(number) for number, name in found}


TOKENIZERS, TEXTS, PATTERNS = _key(_COUNTS, "tokenizer"), _key(_COUNTS, "text"), _key(_CUTS, "pattern")


def count(tokenizer: str, text: str) -> Measured:
    """Tokens of a text."""
    found = _COUNTS.cell("tokens", tokenizer=TOKENIZERS[tokenizer], text=TEXTS[text])
    return Measured(_COUNTS, f"tokens of the text {text}, {tokenizer}", found, "token")


def of_text(column: str, text: str) -> Measured:
    """Bytes, characters or words of a text."""
    return Measured(
        _TEXTS, f"{column} of the text {text}", _TEXTS.cell(column, text=TEXTS[text]), "B" if column == "bytes" else "1"
    )


def per_token(tokenizer: str, text: str) -> Computed:
    """Bytes per token."""
    return computed(tokens.bytes_per_token, size=of_text("bytes", text), tokens=count(tokenizer, text))


def fertile(tokenizer: str, text: str) -> Computed:
    """Tokens per word."""
    return computed(tokens.fertility, tokens=count(tokenizer, text), words=of_text("words", text))


def paid(tokenizer: str, text: str) -> Computed:
    """Tokens over those of the English text."""
    return computed(tokens.premium, tokens=count(tokenizer, text), reference=count(tokenizer, "English"))


def character(text: str) -> Computed:
    """Bytes of a code point, on average."""
    return computed(compare.size_ratio, first=of_text("bytes", text), second=_as_bytes(of_text("characters", text)))


def _as_bytes(characters: Measured) -> Measured:
    return Measured(characters.measurement, f"{characters.what}, at one byte each", characters.value, "B")


def pieces(pattern: str, text: str) -> Measured:
    """Pieces that a pattern makes of a text."""
    found = _CUTS.cell("pieces", pattern=PATTERNS[pattern], text=TEXTS[text])
    return Measured(_CUTS, f"pieces of the text {text} under the pattern of {pattern}", found, "1")


def about(column: str, tokenizer: str, what: str, unit: str = "1") -> Measured:
    """A property of a vocabulary."""
    found = _VOCABULARIES.cell(column, tokenizer=TOKENIZERS[tokenizer])
    return Measured(_VOCABULARIES, f"{what}, {tokenizer}", found, unit)


def number_tokens(tokenizer: str, digits: int) -> Measured:
    """Tokens of a number of so many digits, after a space."""
    found = _DIGITS.cell("tokens", tokenizer=TOKENIZERS[tokenizer], digits=digits)
    return Measured(_DIGITS, f"tokens of a number of {digits} digits after a space, {tokenizer}", found, "token")


def indent(tokenizer: str, spaces: int) -> Measured:
    """Tokens that an indent of so many spaces adds."""
    found = _INDENTS.cell("tokens", tokenizer=TOKENIZERS[tokenizer], spaces=spaces)
    return Measured(_INDENTS, f"tokens that {spaces} spaces before a word add, {tokenizer}", found, "token")


def published(language: str, counted: str = "flores_cl100k") -> Computed:
    """Premium of a language by the published counts, with cl100k if nothing else is said."""
    lengths = load("token_counts")[counted]
    found, english = lengths[language], lengths["english"]
    assert isinstance(found, Datum) and isinstance(english, Datum)
    return computed(tokens.premium, tokens=found, reference=english)


def asked(answer: int, what: str) -> Measured:
    """Tokenizers that did this with the name of a control token in plain text."""
    found = sum(int(row["control"]) == answer for row in _VOCABULARIES.rows)
    return Measured(_VOCABULARIES, f"tokenizers that {what} for a control token's name in text", found, "1")


def indents(tokenizer: str) -> Measured:
    """Tokens of all indents of the Python file, from those of each length."""
    runs = re.findall(r"^ {2,}(?=\S)", corpus.read("code_python"), re.M)
    found = sum(indent(tokenizer, len(run)).value for run in runs)
    return Measured(_INDENTS, f"tokens of the indents of the Python file, {tokenizer}", found, "token")


def shared(first: str, second: str) -> Measured:
    """Byte strings that are tokens of two vocabularies."""
    found = _SHARED.cell("both", first=TOKENIZERS[first], second=TOKENIZERS[second])
    return Measured(_SHARED, f"byte strings that are tokens of {first} and of {second}", found, "1")


# --- Texts --------------------------------------------------------------------------------------------------------
languages = Measured(_TEXTS, "languages of the passage", len(corpus.LANGUAGES), "1")
words_en = of_text("words", "English")
words_hi = of_text("words", "Hindi")
bytes_per_character_en = character("English")
bytes_per_character_ru = character("Russian")
bytes_per_character_hi = character("Hindi")
bytes_per_character_zh = character("Chinese")
byte_premium_hi = computed(compare.size_ratio, first=of_text("bytes", "Hindi"), second=of_text("bytes", "English"))
byte_premium_zh = computed(compare.size_ratio, first=of_text("bytes", "Chinese"), second=of_text("bytes", "English"))

# --- Bytes per token ----------------------------------------------------------------------------------------------
bpt_en_gpt2 = per_token("GPT-2", "English")
bpt_en_llama2 = per_token("Llama 2", "English")
bpt_en_o200k = per_token("o200k", "English")
bpt_en_llama31 = per_token("Llama 3.1", "English")
bpt_sw_llama31 = per_token("Llama 3.1", "Swahili")
bpt_en_gemma3 = per_token("Gemma 3", "English")
bpt_de_gpt2 = per_token("GPT-2", "German")
bpt_de_o200k = per_token("o200k", "German")
bpt_hi_gpt2 = per_token("GPT-2", "Hindi")
bpt_hi_llama31 = per_token("Llama 3.1", "Hindi")
bpt_hi_qwen3 = per_token("Qwen3", "Hindi")
bpt_hi_gemma3 = per_token("Gemma 3", "Hindi")
bpt_py_gpt2 = per_token("GPT-2", "Python")
bpt_py_cl100k = per_token("cl100k", "Python")
bpt_py_gemma3 = per_token("Gemma 3", "Python")
bpt_json_o200k = per_token("o200k", "JSON")

# --- Premiums -----------------------------------------------------------------------------------------------------
premium_de_cl100k = paid("cl100k", "German")
premium_hi_cl100k = paid("cl100k", "Hindi")
premium_th_cl100k = paid("cl100k", "Thai")
premium_th_gpt2 = paid("GPT-2", "Thai")
premium_hi_gpt2 = paid("GPT-2", "Hindi")
premium_el_gpt2 = paid("GPT-2", "Greek")
premium_el_o200k = paid("o200k", "Greek")
premium_hi_o200k = paid("o200k", "Hindi")
premium_hi_gemma3 = paid("Gemma 3", "Hindi")
premium_hi_llama31 = paid("Llama 3.1", "Hindi")
premium_hi_qwen3 = paid("Qwen3", "Hindi")
premium_hi_qwen36 = paid("Qwen3.6", "Hindi")
premium_zh_qwen36 = paid("Qwen3.6", "Chinese")
premium_el_qwen3 = paid("Qwen3", "Greek")
hindi_step = computed(tokens.premium, tokens=count("Llama 3.1", "Hindi"), reference=count("Gemma 3", "Hindi"))
llama3_ours = computed(tokens.premium, tokens=count("Llama 2", "English"), reference=count("Llama 3.1", "English"))
flores_german = published("german")
flores_hindi = published("hindi")
flores_thai = published("thai")
flores_shan = published("shan")
flores_gap = computed(compare.count_ratio, first=paid("GPT-2", "Greek"), second=published("greek", "flores_gpt2"))

# --- Pieces, digits, blanks ---------------------------------------------------------------------------------------
pieces_hi_cl100k = pieces("cl100k", "Hindi")
pieces_hi_o200k = pieces("o200k", "Hindi")
tokens_hi_llama31 = count("Llama 3.1", "Hindi")
three_digits_gpt2 = about("three_digits", "GPT-2", "strings of three digits that are one token")
digits_12_gpt2 = number_tokens("GPT-2", 12)
indent_8_gpt2 = indent("GPT-2", 8)
indent_8_cl100k = indent("cl100k", 8)
blank_gpt2 = about("blank", "GPT-2", "tokens of spaces alone")
blank_cl100k = about("blank", "cl100k", "tokens of spaces alone")
tokens_py_gpt2 = count("GPT-2", "Python")
tokens_py_cl100k = count("cl100k", "Python")
indents_py_gpt2 = indents("GPT-2")
indents_py_cl100k = indents("cl100k")

# --- Vocabularies -------------------------------------------------------------------------------------------------
tokenizers = Measured(_VOCABULARIES, "tokenizers that were measured", len(_VOCABULARIES.rows), "1")
language_models = Measured(
    _VOCABULARIES, "of them of language models: all but BERT's", len(TOKENIZERS.keys() - {"BERT"}), "1"
)
special_text = asked(0, "give ordinary tokens")
special_taken = asked(1, "give the control token")
special_refused = asked(2, "raise an error")
llama31_size = about("pieces", "Llama 3.1", "ordinary tokens")
cl100k_size = about("pieces", "cl100k", "ordinary tokens")
shared_cl100k_llama31 = shared("cl100k", "Llama 3.1")
shared_cl100k_qwen3 = shared("cl100k", "Qwen3")
nfd_growth_vi = computed(
    tokens.premium,
    tokens=about("nfd", "cl100k", "tokens of the Vietnamese text in NFD", "token"),
    reference=about("nfc", "cl100k", "tokens of the Vietnamese text in NFC", "token"),
)
unreachable_qwen3 = Measured(
    _UNREACHABLE,
    "whole tokens that are encoded otherwise when alone, Qwen3",
    _UNREACHABLE.cell("unreachable", tokenizer=TOKENIZERS["Qwen3"]),
    "1",
)
unreachable_o200k = Measured(
    _UNREACHABLE,
    "whole tokens that are encoded otherwise when alone, o200k",
    _UNREACHABLE.cell("unreachable", tokenizer=TOKENIZERS["o200k"]),
    "1",
)
not_nfc_qwen3 = Measured(
    _UNREACHABLE,
    "unreachable tokens that are not in NFC, Qwen3",
    _UNREACHABLE.cell("not_nfc", tokenizer=TOKENIZERS["Qwen3"]),
    "1",
)
