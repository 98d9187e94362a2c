"""Model sizes by hand."""

from __future__ import annotations

from figures.formulas import model


def test_weight_bytes_by_hand() -> None:
    assert model.weight_bytes(8e9, 2) == 16e9
    assert model.weight_bytes(8e9, 0.5) == 4e9
