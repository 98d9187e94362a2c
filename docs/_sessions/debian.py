"""Programs from Debian: install them where that is allowed, otherwise say the exact command."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence

INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")


class Missing(RuntimeError):
    """Something is not installed and may not be installed from here; the message says what to run."""


def absent(packages: Sequence[str]) -> list[str]:
    """The Debian packages among ``packages`` that are not installed."""
    query = ("dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n")
    known = subprocess.run((*query, *packages), capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in known.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]


def become_root() -> tuple[str, ...] | None:
    """The words to put before a command that needs root; None where it cannot be had without a password."""
    if os.geteuid() == 0:
        return ()
    if (
        shutil.which("sudo")
        and subprocess.run(("sudo", "-n", "true"), capture_output=True, check=False).returncode == 0
    ):
        return ("sudo", "-n")
    return None


def install_commands(packages: Sequence[str], purpose: str) -> list[tuple[str, ...]]:
    """The commands that install what is absent of ``packages``: none when everything is there.

    Raises:
        Missing: this is no Debian, or root is not to be had; the message has the command to run.
    """
    if not shutil.which("dpkg-query"):
        raise Missing(f"{purpose} needs the Debian packages {' '.join(packages)}, or what they hold on this system")
    missing = absent(packages)
    if not missing:
        return []
    root = become_root()
    if root is None:
        raise Missing(
            f"{purpose} needs {' '.join(missing)}, which takes root to install. Run this, then the session again:\n"
            f"  sudo apt-get update && sudo {' '.join((*INSTALL, *missing))}"
        )
    return [(*root, "apt-get", "update"), (*root, "env", "DEBIAN_FRONTEND=noninteractive", *INSTALL, *missing)]


def chromium() -> str | None:
    """The path of a Chromium-based browser, or None."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)
