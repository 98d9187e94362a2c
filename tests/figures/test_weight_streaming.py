"""Streaming layers from a file: both ways compute the same, and the file says how it was made."""

from __future__ import annotations

import os
import platform
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from figures import paths
from figures.measurement import read
from figures.measurements import weight_streaming
from figures.measurements.harness import RefusedError

linux = pytest.mark.skipif(platform.system() != "Linux", reason="direct reads are those of Linux")
LAYERS, WIDTH = 3, 256  # 256 KiB a layer


@linux
def test_one_buffer_and_two_compute_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weight_streaming, "PIECE", 2**16)
    file = tmp_path / "layers"
    weight_streaming.write(file, LAYERS, WIDTH)
    try:
        stream = weight_streaming.Stream(file, LAYERS, WIDTH)
    except RefusedError:
        pytest.skip("no direct reads in the folder of the tests")
    wanted = inputs = np.random.default_rng(1).standard_normal((WIDTH, 2), dtype=np.float32)
    for layer in np.fromfile(file, np.float32).reshape(LAYERS, WIDTH, WIDTH):
        wanted = layer @ wanted
    np.testing.assert_allclose(weight_streaming.serial(stream, inputs), wanted, rtol=1e-5)
    with ThreadPoolExecutor(1) as reader:
        np.testing.assert_allclose(weight_streaming.overlapped(stream, inputs, reader), wanted, rtol=1e-5)
    stream.close()


def test_without_direct_reads_it_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "layers"
    weight_streaming.write(file, 1, 8)
    monkeypatch.delattr(os, "O_DIRECT", raising=False)
    with pytest.raises(RefusedError, match="no direct reads; run it on Linux with a drive"):
        weight_streaming.Stream(file, 1, 8)


def test_the_file_holds_every_batch_and_says_how_busy_others_were() -> None:
    table = read(paths.FIGURES / "memory_hierarchy_and_offloading" / "weight_streaming.csv")
    assert [row["batch"] for row in table.rows] == list(weight_streaming.BATCHES)
    assert "made again" not in table.header["statistic"]
    assert re.match(r"\d\.\d\d processors were busy with other work", table.header["others"])
