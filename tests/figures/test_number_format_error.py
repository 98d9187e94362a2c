"""The measurement of number formats shows what it must where the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from figures.formulas import quantizer_error
from figures.measurement import read
from figures.measurements import number_format_error as nfe


def cell(rows: list[nfe.Row], element: int, group: int, scale: int, *, rotated: int = 0) -> float:
    (found,) = [
        row for row in rows
        if (row["element"], row["group"], row["scale"], row["rotated"]) == (element, group, scale, rotated)
    ]  # fmt: skip
    return found["sqnr_db"]


@pytest.fixture(scope="module")
def student() -> list[nfe.Row]:
    return nfe.errors(nfe.STUDENT, [tensor[:16] for tensor in nfe.synthetic(nfe.STUDENT)[:2]])


def test_synthetic_tensors_are_what_they_are_called() -> None:
    for source, kurtosis in ((nfe.GAUSSIAN, 3), (nfe.LAPLACE, 6), (nfe.STUDENT, 9)):
        tensor = np.concatenate(nfe.synthetic(source)).astype(np.float64)
        assert np.square(tensor).mean() == pytest.approx(1, rel=0.02)
        assert (tensor**4).mean() == pytest.approx(kurtosis, rel=0.15)
    sizes = np.sqrt(np.square(nfe.synthetic(nfe.CHANNELS)[0]).mean(axis=0))
    assert (sizes > 30).sum() == nfe.OUTLIERS and np.median(sizes) == pytest.approx(1, abs=0.02)


def test_rotated_numbers_are_normal_numbers_to_every_format(student: list[nfe.Row]) -> None:
    normal = nfe.errors(nfe.GAUSSIAN, [nfe.synthetic(nfe.GAUSSIAN)[0]])
    for form in nfe.FORMS:
        assert cell(student, *form, rotated=1) == pytest.approx(cell(normal, *form), abs=0.3), form


def test_a_rotation_helps_wide_groups_and_not_narrow_ones(student: list[nfe.Row]) -> None:
    def gain(*form: int) -> float:
        return cell(student, *form, rotated=1) - cell(student, *form)

    assert gain(nfe.INT4, 128, nfe.FP16) > 2.5 > gain(nfe.FP4, 32, nfe.DOWN) > 0.5 > 0 > gain(nfe.FP4, 16, nfe.BY_E4M3)


def test_a_rotation_within_blocks_makes_only_their_entries_alike(student: list[nfe.Row]) -> None:
    whole = cell(student, nfe.FP4, 32, nfe.DOWN, rotated=nfe.WHOLE)
    within = cell(student, nfe.FP4, 32, nfe.DOWN, rotated=nfe.WITHIN)
    assert within > whole > cell(student, nfe.FP4, 32, nfe.DOWN)


def test_a_scale_of_the_rounded_magnitude_is_the_best_power_of_two(student: list[nfe.Row]) -> None:
    assert cell(student, nfe.FP4, 32, nfe.ROUNDED) > max(
        cell(student, nfe.FP4, 32, rule) for rule in (nfe.DOWN, nfe.UP)
    )


def test_e4m3_on_a_wide_range_has_the_error_of_a_float(student: list[nfe.Row]) -> None:
    assert cell(student, nfe.FP8_E4M3, 0, nfe.FP16) == pytest.approx(quantizer_error.float_sqnr(3), abs=1)


def test_bits_are_those_of_the_formats() -> None:
    assert nfe.bits((nfe.FP4, 32, nfe.DOWN), 4096) == 4.25
    assert nfe.bits((nfe.INT4_AFFINE, 128, nfe.FP16), 4096) == 4.25
    assert nfe.bits((nfe.INT4, 0, nfe.FP16), 4096) == 4 + 16 / 4096


def test_groups_that_do_not_divide_a_row_are_left_out() -> None:
    numbers = nfe.synthetic(nfe.GAUSSIAN)[0]
    rows = nfe.errors(9, [numbers[:2, :192], numbers[:2, :256]])
    plain = [row for row in rows if row["element"] == nfe.INT4 and not row["rotated"]]
    stored = {row["group"]: row["bits_per_element"] for row in plain}
    assert stored[128] == 4.125  # of the second only
    assert stored[0] == pytest.approx(np.median([4 + 16 / 192, 4 + 16 / 256]))


def test_shapes_by_hand() -> None:
    plain, turned = nfe.shapes(9, [4 * np.eye(16, dtype=np.float32)])
    assert plain["kurtosis"] == 16 and plain["peak"] == 4  # one of sixteen carries all
    assert plain["channel_ratio"] == 1  # in every channel once
    assert turned["kurtosis"] == 1 and turned["peak"] == 1  # equal sizes


def test_rows_are_spread_evenly() -> None:
    assert nfe.spread(np.arange(9, dtype=np.float32).reshape(9, 1), 3).ravel().tolist() == [0, 4, 8]


def test_the_committed_rows_of_one_synthetic_source_are_a_fresh_run() -> None:
    """Within the last printed digit: sums may be rounded otherwise on another processor."""
    fresh = nfe.tables({nfe.LAPLACE: nfe.synthetic(nfe.LAPLACE)})
    for name, rows in fresh.items():
        committed = [row for row in read(nfe.FOLDER / name).rows if row["source"] == nfe.LAPLACE]
        assert len(committed) == len(rows)
        for old, new in zip(committed, rows, strict=True):
            assert old == pytest.approx(new, abs=0.011, rel=1e-5), f"{name}: run python3 -m {nfe.__name__}"


def test_the_committed_files_hold_all_sources() -> None:
    for name in ("number_format_error.csv", "tensor_shape.csv"):
        assert {row["source"] for row in read(nfe.FOLDER / name).rows} == set(range(1, 8))
