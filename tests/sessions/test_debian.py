"""What comes from Debian is installed where that is allowed; otherwise the message is the command to run."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from _sessions import debian


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose dpkg knows latexmk as installed, without sudo, for a user who is not root."""
    program(tmp_path / "dpkg-query", 'echo "latexmk installed"; echo "chromium not-installed"; exit 1')
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: str(tmp_path / name) if (tmp_path / name).exists() else None)
    return tmp_path


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_nothing_to_do_when_all_is_there(machine: Path) -> None:
    assert debian.install_commands(["latexmk"], "the PDF") == []


def test_without_root_the_message_has_the_command(machine: Path) -> None:
    with pytest.raises(debian.Missing) as error:
        debian.install_commands(["latexmk", "texlive-xetex"], "making the PDF")
    assert str(error.value) == (
        "making the PDF needs texlive-xetex, and installing them takes root. Run this, then the session again:\n"
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends texlive-xetex"
    )


def test_root_installs_only_what_is_missing(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    update, install = debian.install_commands(["latexmk", "chromium"], "testing")
    assert update == ("apt-get", "update")
    assert install[-2:] == ("--no-install-recommends", "chromium")


@pytest.mark.parametrize(("answer", "allowed"), [("exit 0", True), ("exit 1", False)])
def test_sudo_is_used_only_without_a_password(machine: Path, answer: str, allowed: bool) -> None:
    program(machine / "sudo", answer)
    assert debian.become_root() == (("sudo", "-n") if allowed else None)


def test_another_system_is_told_what_is_needed(machine: Path) -> None:
    (machine / "dpkg-query").unlink()
    with pytest.raises(debian.Missing, match="testing needs the Debian packages chromium"):
        debian.install_commands(["chromium"], "testing")


def test_any_chromium_will_do(machine: Path) -> None:
    assert debian.chromium() is None
    program(machine / "google-chrome", "exit 0")
    assert debian.chromium() == str(machine / "google-chrome")
