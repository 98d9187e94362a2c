"""The whole site, as tests look at it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from _sessions import outputs

from figures.paths import ROOT


def built(folder: Path) -> Path:
    """Build the site strictly below ``folder``; the answer is where its pages are, all of them or none."""
    target = folder / "html"
    with outputs.whole(target) as part:
        command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-d", str(folder / "doctrees")]
        run = subprocess.run([*command, str(ROOT / "docs"), str(part)], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
    return target
