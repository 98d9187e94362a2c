"""What comes from Debian is installed where that is allowed; otherwise the message is the command to run."""

from __future__ import annotations

import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest
from _sessions import debian, tex

import noxfile


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
        "making the PDF needs texlive-xetex, which takes root to install. Run this, then the session again:\n"
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


def session() -> Any:
    """A session in which nothing may run or be installed before it stops."""

    class Stopped(Exception):
        pass

    def error(message: str) -> NoReturn:
        raise Stopped(message)

    return SimpleNamespace(error=error, Stopped=Stopped)


def test_without_a_browser_and_root_the_session_stops_with_the_command(machine: Path) -> None:
    stopped = session()
    with pytest.raises(stopped.Stopped) as error:
        noxfile.browser(stopped)
    assert str(error.value) == (
        "testing the site in a browser needs chromium, which takes root to install. Run this, then the session "
        "again:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium"
    )


@pytest.mark.parametrize("name", ["pdf", "book"])
def test_without_tex_and_root_the_session_stops_with_the_command(machine: Path, name: str) -> None:
    stopped = session()
    with pytest.raises(stopped.Stopped) as error:
        getattr(noxfile, name)(stopped)
    packages = " ".join(package for package in tex.PACKAGES if package != "latexmk")  # which this machine has
    assert f"needs {packages}, which takes root to install. Run this, then the session again:\n" in str(error.value)
    assert str(error.value).endswith(f"apt-get install -y --no-install-recommends {packages}")
