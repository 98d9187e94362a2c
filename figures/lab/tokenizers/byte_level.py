"""Bytes as visible characters, the way GPT-2 writes its vocabulary."""

from __future__ import annotations

_PLAIN = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
_OTHERS = [byte for byte in range(256) if byte not in _PLAIN]
SYMBOLS: dict[int, str] = {byte: chr(byte) for byte in _PLAIN} | {
    byte: chr(256 + number) for number, byte in enumerate(_OTHERS)
}
"""A character for each byte: printable ones stand for themselves, the others get the characters from U+0100 on."""
_BYTES = {symbol: byte for byte, symbol in SYMBOLS.items()}
ALPHABET = sorted(_BYTES)


def symbols(text: str) -> str:
    """The UTF-8 bytes of ``text``, a character each."""
    return "".join(SYMBOLS[byte] for byte in text.encode())


def raw(written: str) -> bytes:
    """The bytes that the characters of ``written`` stand for."""
    return bytes(_BYTES[symbol] for symbol in written)
