"""The whole site, as tests look at it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from figures.paths import ROOT


def built(folder: Path) -> Path:
    """Build the site strictly below ``folder``; the answer is where its pages are."""
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-d", str(folder / "doctrees")]
    command += [str(ROOT / "docs"), str(folder / "html")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return folder / "html"
