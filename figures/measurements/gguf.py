"""Reads a model from a GGUF file: its metadata, and its tensors as float32."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

# Metadata types by number: struct code, for the two composite ones None.
SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
STRING, ARRAY = 8, 9
F32, Q4_1, Q8_0 = 0, 3, 8
BLOCK = 32  # elements that share a scale in the two quantized types


class GgufError(ValueError):
    """A file that is no GGUF file, or that holds what this reader does not know."""


class Gguf:
    """An opened file; ``metadata`` by key, ``tensor(name)`` decoded on demand."""

    def __init__(self, path: Path) -> None:
        """Read the header of ``path``.

        Raises:
            GgufError: not a GGUF file of version 3.
        """
        self._path = path
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._at = 0
        magic, version, tensors, keys = self._unpack("<4sIQQ")
        if (magic, version) != (b"GGUF", 3):
            raise GgufError(f"{path} starts with {magic!r} and version {version}; expected a GGUF file of version 3")
        self.metadata: dict[str, Any] = {}
        for _ in range(keys):
            key = self._string()
            self.metadata[key] = self._value(self._unpack("<I")[0])
        self._tensors: dict[str, tuple[tuple[int, ...], int, int]] = {}
        for _ in range(tensors):
            name = self._string()
            shape = self._unpack(f"<{self._unpack('<I')[0]}Q")
            self._tensors[name] = (tuple(reversed(shape)), *self._unpack("<IQ"))
        alignment = self.metadata.get("general.alignment", 32)
        self._data = -(-self._at // alignment) * alignment

    def tensor(self, name: str) -> Array:
        """One tensor, its longest-strided axis first, quantized types decoded.

        Raises:
            GgufError: no such tensor, or of a type that is not F32, Q4_1 or Q8_0.
        """
        if name not in self._tensors:
            raise GgufError(f"{self._path} has no tensor {name!r}")
        shape, kind, offset = self._tensors[name]
        count, start = int(np.prod(shape)), self._data + offset
        if kind == F32:
            return np.frombuffer(self._bytes, "<f4", count, start).reshape(shape)
        if kind not in (Q4_1, Q8_0):
            raise GgufError(f"{self._path}: {name} has type {kind}; this reader knows F32 (0), Q4_1 (3) and Q8_0 (8)")
        layout: Any = [("scale", "<f2"), ("codes", "i1", BLOCK)]
        if kind == Q4_1:
            layout = [("scale", "<f2"), ("least", "<f2"), ("codes", "u1", BLOCK // 2)]
        blocks = np.frombuffer(self._bytes, layout, count // BLOCK, start)
        codes, scale = blocks["codes"], blocks["scale"].astype(np.float32)[:, None]
        if kind == Q4_1:  # the first half of a block lies in the low nibbles
            codes = np.concatenate((codes & 15, codes >> 4), axis=1)
            return (codes * scale + blocks["least"].astype(np.float32)[:, None]).reshape(shape)
        return (codes * scale).reshape(shape)

    def _unpack(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(form, self._bytes, self._at)
        self._at += struct.calcsize(form)
        return values

    def _string(self) -> str:
        (length,) = self._unpack("<Q")
        self._at += length
        return bytes(self._bytes[self._at - length : self._at]).decode()

    def _value(self, kind: int) -> Any:
        if kind == STRING:
            return self._string()
        if kind == ARRAY:
            inner, count = self._unpack("<IQ")
            return [self._value(inner) for _ in range(count)]
        return self._unpack(f"<{SCALARS[kind]}")[0]
