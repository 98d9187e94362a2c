"""Codes, bytes and refusals of the quantized products; the kernels themselves are checked before they are timed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from figures.measurements import quantized_products
from figures.measurements.harness import RefusedError
from figures.measurements.quantized_products import GROUP, Form, check, pack, quantize, restore, weight_bytes

RNG = np.random.default_rng(4)
WEIGHTS = RNG.standard_normal((3, 2 * GROUP), dtype=np.float32)


@pytest.mark.parametrize("bits", [4, 8])
def test_codes_stand_for_weights_within_half_a_step(bits: int) -> None:
    codes, scales = quantize(WEIGHTS, bits)
    assert codes.shape == (3, 2, GROUP) and scales.shape == (3, 2)
    assert codes.min() >= 1 and codes.max() <= 2**bits - 1
    off = np.abs(restore(codes, scales, bits) - WEIGHTS).reshape(3, 2, GROUP)
    assert (off <= scales[..., None] * 0.5001).all()
    largest = np.abs(WEIGHTS).reshape(3, 2, GROUP).argmax(axis=-1)[..., None]
    assert np.take_along_axis(off, largest, axis=-1) == pytest.approx(0, abs=1e-6)


def test_two_codes_of_four_bits_share_a_byte_the_first_below() -> None:
    codes = np.arange(4, dtype=np.uint8).reshape(1, 1, 4)
    assert pack(codes, 4).tolist() == [[[0x10, 0x32]]]
    assert pack(codes, 8) is codes


def test_bytes_of_codes_and_scales() -> None:
    assert [weight_bytes(Form(bits, 8), 64) for bits in (32, 8, 4)] == [256, 64 + 8, 32 + 8]


def test_a_kernel_that_computes_something_else_is_refused() -> None:
    check(Form(8, 32), lambda left: left @ WEIGHTS.T, WEIGHTS, RNG)
    with pytest.raises(RefusedError, match=r"with 8 bits is off by \d\.\de[+-]\d+: this is not the kernel"):
        check(Form(8, 32), lambda left: left @ (WEIGHTS.T + 0.1), WEIGHTS, RNG)


def test_another_version_of_the_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quantized_products, "VERSIONS", {"numpy": "0.1"})
    with pytest.raises(RefusedError, match="certain versions of the kernels: run `pip install onnxruntime=="):
        quantized_products.libraries()
    monkeypatch.setattr(quantized_products, "VERSIONS", {"no_such_package": "1"})
    with pytest.raises(RefusedError, match="which are not installed: run `pip install onnxruntime=="):
        quantized_products.libraries()


def test_the_header_names_the_vector_extensions(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("flags\t\t: fpu avx2 fma avx512f avx512_vnni\n")
    assert quantized_products.instructions(cpuinfo) == "avx2, avx512f, avx512_vnni"
    cpuinfo.write_text("Features\t: asimd\n")
    assert quantized_products.instructions(cpuinfo).startswith("none of avx2")
