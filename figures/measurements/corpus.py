"""Texts of our own that tokenizers are measured on: one passage in eighteen languages, code, numbers, white space.

The translations are ours and were not checked by native speakers.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).with_name("corpus")

LANGUAGES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "fi": "Finnish",
    "tr": "Turkish",
    "vi": "Vietnamese",
    "sw": "Swahili",
    "ru": "Russian",
    "el": "Greek",
    "ar": "Arabic",
    "hi": "Hindi",
    "ko": "Korean",
    "th": "Thai",
    "zh": "Chinese",
    "ja": "Japanese",
}
UNSPACED = ("th", "zh", "ja")
"""Written without spaces between words, so that tokens per word has no meaning."""
OTHERS = {
    "code_python": "Python",
    "code_c": "C",
    "code_json": "JSON",
    "code_sql": "SQL",
    "latex": "LaTeX",
    "numbers_plain": "whole numbers",
    "numbers_mixed": "numbers and dates",
    "table_spaces": "table with spaces",
    "table_tabs": "table with tabs",
    "emoji": "emoji",
    "markdown_log": "Markdown and log",
}
NAMES = (*(f"ferry_{code}" for code in LANGUAGES), *OTHERS)
"""All texts; in data files a text is the number of its place here, from 1 on."""


def read(name: str) -> str:
    """One of the texts."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def title(name: str) -> str:
    """What it is, in words."""
    return OTHERS.get(name) or LANGUAGES[name.removeprefix("ferry_")]


def number(name: str) -> int:
    """Its number in data files."""
    return NAMES.index(name) + 1
