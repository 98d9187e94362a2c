"""The built site in a real browser: over http from this machine, and straight from the disk."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest
from _sessions import debian
from playwright.sync_api import Browser, ConsoleMessage, sync_playwright

from tests import site_build
from tests.site.browsing import Open, Visit

PREFIX = "/en/latest"  # where sphinx-notfound-page takes the site to be, as Read the Docs does
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The whole site, built strictly, once for all processes that run tests."""
    if worker_id == "master":
        return site_build.built(tmp_path_factory.mktemp("site"))
    folder = tmp_path_factory.getbasetemp().parent / "site"
    with filelock.FileLock(f"{folder}.lock"):
        pages = folder / "html"
        return pages if pages.exists() else site_build.built(folder)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below ``PREFIX`` and logs nothing."""

    def translate_path(self, path: str) -> str:
        """The file of an address; outside of the site there is none."""
        return super().translate_path(path.removeprefix(PREFIX)) if path.startswith(PREFIX) else "/nonexistent"

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of a server of the site on this machine."""
    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}{PREFIX}/"
        httpd.shutdown()
        thread.join()


@pytest.fixture(params=["http", "file"])
def base(request: pytest.FixtureRequest, site: Path, server: str) -> str:
    """The site's address: over http, then straight from the disk."""
    return server if request.param == "http" else f"{site.as_uri()}/"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Its absence is a failure, never a silent skip."""
    path = debian.chromium()
    if path is None:
        pytest.fail("no Chromium on this machine; run: nox -s browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Open]:
    """Open an address in a fresh profile: ``visit(url, width=390, dark=True, javascript=False)``."""
    contexts = []

    def open_page(url: str, *, width: int = 1440, dark: bool = False, javascript: bool = True) -> Visit:
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        found = Visit(context.new_page())

        def console(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                found.complaints.append(f"{message.type}: {message.text}")

        found.page.on("console", console)
        found.page.on("pageerror", lambda error: found.complaints.append(f"error: {error}"))
        found.page.on("requestfailed", lambda request: found.complaints.append(f"failed: {request.url}"))
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.goto(url, wait_until="load")
        return found

    yield open_page
    for context in contexts:
        context.close()
