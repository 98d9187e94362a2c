"""A verifier that errs: by hand, and consistent with the correction of a judge."""

from __future__ import annotations

import pytest

from figures.formulas.judges import corrected_share
from figures.formulas.verifier_noise import accepted_share, signal_kept


def test_by_hand() -> None:
    # 100 answers, 40 right; 38 % of the right ones and none of the wrong ones are misjudged.
    assert accepted_share(0.4, 0.62, 1) == pytest.approx(0.248)
    assert signal_kept(0.62, 1) == pytest.approx(0.62)
    assert signal_kept(0.5, 0.5) == 0


def test_slope_and_inverse() -> None:
    slope = (accepted_share(0.5, 0.8, 0.9) - accepted_share(0.3, 0.8, 0.9)) / 0.2
    assert signal_kept(0.8, 0.9) == pytest.approx(slope)
    assert corrected_share(accepted_share(0.3, 0.8, 0.9), 0.8, 0.9) == pytest.approx(0.3)
