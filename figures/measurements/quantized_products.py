"""Matrix products with quantized weights on a CPU against the batch, by the kernels of an independent library.

One matrix, larger than any cache even at four bits, in float32, in eight and in four bits with a scale for every 32
weights of a row (ONNX Runtime's MatMulNBits, with activations in float32 or quantized to eight bits on the way), on
one thread. Every kernel must first give the product with the weights that its codes stand for, or nothing is
written. The bandwidth that the bytes are divided by is measured in the same rounds.
"""

from __future__ import annotations

import importlib
import os
import re
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from figures import paths
from figures.measurements import THREADS, harness
from figures.measurements.decoder import Array
from figures.measurements.harness import RefusedError

VERSIONS = {"onnxruntime": "1.32.0", "onnx": "1.23.2"}
INSTALL = "pip install " + " ".join(f"{name}=={version}" for name, version in VERSIONS.items())
ROWS, INNER, GROUP = 8192, 14336, 32
BATCHES = (1, 2, 4, 8, 16, 32, 64)
SLOW = 1  # batch of what the library has no fast kernel for
STREAM = 2**26
REPETITIONS, WARM_UP = 11, 1
SPREAD = 0.3
TOLERANCE = {32: 1e-4, 8: 3e-2}  # relative error that activations of so many bits may bring
FOLDER = paths.FIGURES / "quantization_for_inference"
FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")


class Form(NamedTuple):
    """Bits of the weights and of the activations in a product."""

    bits: int
    activation_bits: int


FORMS = dict.fromkeys((Form(32, 32), Form(8, 8), Form(4, 32), Form(4, 8)), BATCHES) | {Form(8, 32): (SLOW,)}
"""Batches of each form."""


def quantize(weights: Array, bits: int) -> tuple[NDArray[np.uint8], Array]:
    """Codes with their zero in the middle, (rows, groups, weights), and the scale of each group.

    Of an even number of codes the lowest is never used, so that the largest weight of a group is met exactly.
    """
    groups = weights.reshape(len(weights), -1, GROUP)
    top = 2 ** (bits - 1) - 1
    scales = np.abs(groups).max(axis=-1) / np.float32(top)
    codes = np.rint(groups / scales[..., None]).astype(np.int16) + 2 ** (bits - 1)
    return codes.astype(np.uint8), scales


def restore(codes: NDArray[np.uint8], scales: Array, bits: int) -> Array:
    """The weights that codes stand for, (rows, inner)."""
    signed = codes.astype(np.float32) - np.float32(2 ** (bits - 1))
    return (signed * scales[..., None]).reshape(len(codes), -1)


def pack(codes: NDArray[np.uint8], bits: int) -> NDArray[np.uint8]:
    """Codes as bytes; of two in four bits the first takes the low half."""
    if bits == 8:
        return codes
    return codes[..., ::2] | np.left_shift(codes[..., 1::2], 4, dtype=np.uint8)


def weight_bytes(form: Form, elements: int) -> int:
    """Bytes of the matrix that a product reads: codes, and a scale in float32 for every group."""
    return 4 * elements if form.bits == 32 else elements * form.bits // 8 + 4 * elements // GROUP


def libraries() -> tuple[ModuleType, ModuleType]:
    """ONNX Runtime and ONNX.

    Raises:
        RefusedError: not installed, or of other versions than the numbers are about.
    """
    try:
        found = {name: importlib.import_module(name) for name in VERSIONS}
    except ImportError:
        raise RefusedError(f"this times another library's kernels, which are not installed: run `{INSTALL}`") from None
    if any(found[name].__version__ != version for name, version in VERSIONS.items()):
        raise RefusedError(f"the numbers are about certain versions of the kernels: run `{INSTALL}`")
    return found["onnxruntime"], found["onnx"]


def session(form: Form, weights: Array, file: Path) -> tuple[Callable[[Array], Array], Array]:
    """The library's product of rows by a matrix, and the weights that its codes stand for."""
    runtime, onnx = libraries()
    helper, real = onnx.helper, onnx.TensorProto.FLOAT
    rows, inner = weights.shape
    if form.bits == 32:
        exact = weights
        held: dict[str, Array | NDArray[np.uint8]] = {"B": np.ascontiguousarray(weights.T)}
        node = helper.make_node("MatMul", ["A", "B"], ["Y"])
    else:
        codes, scales = quantize(weights, form.bits)
        exact, held = restore(codes, scales, form.bits), {"B": pack(codes, form.bits), "S": scales}
        node = helper.make_node(
            "MatMulNBits", ["A", "B", "S"], ["Y"], domain="com.microsoft", K=inner, N=rows, bits=form.bits,
            block_size=GROUP, accuracy_level=4 if form.activation_bits == 8 else 1,
        )  # fmt: skip
    graph = helper.make_graph(
        [node], "product",
        [helper.make_tensor_value_info("A", real, ["batch", inner])],
        [helper.make_tensor_value_info("Y", real, ["batch", rows])],
        [onnx.numpy_helper.from_array(array, name) for name, array in held.items()],
    )  # fmt: skip
    sets = [helper.make_opsetid("", 21), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=sets, ir_version=10)
    onnx.save(model, file, save_as_external_data=True, location=f"{file.name}.data")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    run: Any = runtime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    return lambda left: run.run(None, {"A": left})[0], exact


def check(form: Form, product: Callable[[Array], Array], exact: Array, rng: np.random.Generator) -> None:
    """Compare the library's product with that of numpy.

    Raises:
        RefusedError: they differ by more than the activations' bits explain.
    """
    left = rng.standard_normal((3, exact.shape[1]), dtype=np.float32)
    expected = left @ exact.T
    error = float(np.linalg.norm(product(left) - expected) / np.linalg.norm(expected))
    if not error <= TOLERANCE[form.activation_bits]:
        raise RefusedError(
            f"the product with {form.bits} bits is off by {error:.1e}: this is not the kernel it should be"
        )


def instructions(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """Those of the vector extensions that matter here which the processor has."""
    found = re.search(r"^flags\s*: (.+)$", cpuinfo.read_text(encoding="utf-8"), re.M)
    have = found[1].split() if found else []
    return ", ".join(flag for flag in FLAGS if flag in have) or "none of " + ", ".join(FLAGS)


def measure(commit: str) -> None:
    """Measure all products and write the data file."""
    libraries()
    harness.require_memory(6 * 2**30)
    rng = np.random.default_rng(2026)
    weights = rng.standard_normal((ROWS, INNER), dtype=np.float32)
    inputs = {batch: rng.standard_normal((batch, INNER), dtype=np.float32) for batch in BATCHES}
    source = np.ones(STREAM, np.float32)
    target = np.zeros_like(source)
    timed: dict[object, Callable[[], object]] = {
        "read": lambda: np.dot(source, source),
        "copy": lambda: np.copyto(target, source),
    }
    with tempfile.TemporaryDirectory() as folder:
        for number, (form, batches) in enumerate(FORMS.items()):
            product, exact = session(form, weights, Path(folder) / f"{number}.onnx")
            check(form, product, exact, rng)
            timed |= {(form, batch): partial(product, inputs[batch]) for batch in batches}
    processor = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {processor})
    found = harness.repeat(
        timed,
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        others=partial(harness.others_time, processor=processor),
    )
    harness.require_quiet(found, SPREAD)
    moved = {"read": 4 * STREAM, "copy": 8 * STREAM}
    harness.write(
        {
            FOLDER / "quantized_products.csv": [
                {"bits": form.bits, "activation_bits": form.activation_bits, "batch": batch}
                | {"weight_bytes": weight_bytes(form, weights.size)}
                | found[form, batch].columns()
                for form, batches in FORMS.items()
                for batch in batches
            ],
            FOLDER / "quantized_products_roofs.csv": [
                {name: amount / found[name].median for name, amount in moved.items()}
            ],
        },
        module=__spec__.name,
        commit=commit,
        libraries=", ".join(f"{name} {version}" for name, version in VERSIONS.items()) + f", numpy {np.__version__}",
        repetitions=REPETITIONS,
        warm_up=WARM_UP,
        statistic="median, with lower and upper quartile",
        notes={
            "matrix": f"{ROWS} × {INNER}, a scale in float32 for every {GROUP} weights; the library may hold the same "
            "bytes in another order",
            "activations": "float32 outside; with 8 bits the kernel rounds them in groups on the way",
            "instructions": instructions(),
            "roofs": "B/s (read: dot product; copy: bytes read plus bytes written)",
            "others": "pinned to one processor; guests of the host share its third cache and memory",
        },
    )


if __name__ == "__main__":
    harness.main(__spec__.name, measure)
