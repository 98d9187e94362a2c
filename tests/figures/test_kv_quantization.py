"""The measurement of quantized caches shows what it must on tensors whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from figures.measurement import read
from figures.measurements import kv_quantization as kvq
from figures.measurements import texts


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kvq, "LAYERS", 2)


def rows(*, outliers: bool, **where: float) -> list[kvq.Row]:
    found = kvq.reconstruction(1, kvq.synthetic(outliers=outliers))
    return [row for row in found if all(row[k] == v for k, v in where.items())]


def test_the_same_seed_gives_the_same_rows() -> None:
    assert rows(outliers=True) == rows(outliers=True)


def test_gaussian_tensors_do_not_care_how_groups_lie() -> None:
    token, channel = rows(outliers=False, affine=1, bits=4, group=64)
    assert token["keys_db"] == pytest.approx(channel["keys_db"], abs=0.1)
    assert token["values_db"] == pytest.approx(channel["values_db"], abs=0.1)


def test_shifted_channels_cost_groups_that_cross_them() -> None:
    token, channel = rows(outliers=True, affine=1, bits=4, group=64)
    assert channel["keys_before_rope_db"] > token["keys_before_rope_db"] + 8
    # The rotation turns a constant into a wave, which spends part of the range.
    assert channel["keys_before_rope_db"] > channel["keys_db"] + 1
    assert channel["values_db"] == pytest.approx(token["values_db"], abs=0.1)


def test_two_more_bits_gain_what_the_steps_say() -> None:
    # From 3 to 15 to 255 steps: 20 log₁₀ of the ratio.
    two, four, eight = (rows(outliers=False, affine=1, bits=b, group=64, layout=1)[0]["keys_db"] for b in (2, 4, 8))
    assert four - two == pytest.approx(20 * np.log10(15 / 3), abs=0.5)
    assert eight - four == pytest.approx(20 * np.log10(255 / 15), abs=0.2)


def test_the_output_of_attention_is_exact_without_quantization_and_worse_with_both() -> None:
    found = kvq.output(1, kvq.synthetic(outliers=False))
    assert {(row["keys_layout"], row["values_layout"]) for row in found} == {
        *((k, v) for k in (-1, 1, 2) for v in (-1, 1, 2) if (k, v) != (-1, -1)), (0, 0),
    }  # fmt: skip
    of = {(row["keys_layout"], row["values_layout"]): row["output_db"] for row in found if row["bits"] == 4}
    for keys in (1, 2):
        for values in (1, 2):
            assert of[keys, values] < min(of[keys, -1], of[-1, values])


def test_the_largest_channel_is_measured_against_the_median_one() -> None:
    plain, shifted = (kvq.channels(1, kvq.synthetic(outliers=outliers)) for outliers in (False, True))
    assert plain["keys_ratio"] == pytest.approx(1.07, abs=0.05)
    # A mean of 8 beside a deviation of 1.
    assert shifted["keys_before_rope_ratio"] == pytest.approx(np.sqrt(65), rel=0.03)


def test_the_summary_by_hand() -> None:
    assert kvq.summary("x_db", [1, 2, 3, 4, 5]) == {"x_db": 3.0, "x_db_q1": 2.0, "x_db_q3": 4.0}


def test_the_text_is_long_enough_for_the_cache() -> None:
    # Words and marks are at least one token each.
    import re

    assert len(re.findall(r"\w+|[^\w\s]", texts.CACHING)) >= kvq.TOKENS


def test_the_committed_rows_of_one_synthetic_source_are_a_fresh_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the last printed digit: sums may be rounded otherwise on another processor."""
    monkeypatch.undo()  # all layers
    fresh = kvq.tables({kvq.OUTLIER_KEYS: kvq.synthetic(outliers=True)})
    for name, rows in fresh.items():
        committed = [row for row in read(kvq.FOLDER / name).rows if row["source"] == kvq.OUTLIER_KEYS]
        assert len(committed) == len(rows)
        for old, new in zip(committed, rows, strict=True):
            assert old == pytest.approx(new, abs=0.011, rel=1e-5), f"{name}: run python3 -m {kvq.__name__}"


def test_the_committed_files_hold_all_three_sources() -> None:
    for name in ("kv_quantization.csv", "kv_quantization_output.csv", "kv_quantization_channels.csv"):
        assert {row["source"] for row in read(kvq.FOLDER / name).rows} == {1, 2, 3}
