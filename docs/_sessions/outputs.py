"""Outputs that are whole or not there: a failed build leaves the previous one in place."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A fresh folder that takes the place of ``target`` when the block ends without an error.

    Fresh, so that no page of an article that is gone survives; beside ``target``, so that the
    exchange is two renames on one file system.
    """
    part, old = target.with_name(target.name + ".part"), target.with_name(target.name + ".old")
    for leftover in (part, old):
        shutil.rmtree(leftover, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        yield part
    except BaseException:
        shutil.rmtree(part)
        raise
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def doctrees(cache: Path, code: Iterable[Path]) -> Iterator[Path]:
    """Sphinx's folder of parsed pages, kept between builds only while that is safe.

    It is thrown away when the ``code`` that makes pages has changed, which Sphinx does not notice, and
    after a failure: a second run would find the pages parsed and not repeat their warnings.
    """
    digest = hashlib.sha256()
    for file in sorted(code):
        digest.update(file.as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    folder = cache / f"doctrees-{digest.hexdigest()[:16]}"
    for other in cache.glob("doctrees-*"):
        if other != folder:
            shutil.rmtree(other)
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
