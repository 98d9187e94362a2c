"""What the sessions do before they do anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import noxfile


class Stopped(Exception):
    """The session has ended with an error."""


class Bare:
    """A session that may neither install nor run anything: what comes first must stop it."""

    def error(self, message: str) -> None:
        raise Stopped(message)


@pytest.mark.parametrize(
    ("session", "purpose", "package"),
    [
        (noxfile.pdf, "making the PDFs", "texlive-xetex"),
        (noxfile.book, "making the book", "texlive-xetex"),
        (noxfile.browser, "testing the site in a browser", "chromium"),
    ],
)
def test_without_tex_or_browser_the_session_names_the_command_before_it_touches_anything(
    session: Callable[[Any], None], purpose: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: "/bin/dpkg-query" if name == "dpkg-query" else None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("_sessions.debian.absent", list)
    with pytest.raises(Stopped) as error:
        session(Bare())
    message = str(error.value)
    assert message.startswith(f"{purpose} needs ")
    command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends "
    assert command in message and package in message.partition(command)[2].split()
