"""Results of an article, with the files they come from and the reason when they cannot be had."""

from __future__ import annotations

import ast
import importlib.util
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import figures
from figures import data, measurement, results, tables
from figures.data import Datum
from figures.paths import repository_path as repository_path
from figures.results import Assumed, Computed, Measured, Result, Source
from figures.tables import Table

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@dataclass(frozen=True)
class Library:
    """The results of one article. ``failure`` says why there are none; ``files`` decide when to read again."""

    results: Mapping[str, Result] = field(default_factory=dict)
    files: frozenset[Path] = frozenset()
    failure: str = ""


_stamps: dict[Path, tuple[int, int]] = {}


@cache
def get(stem: str) -> Library:
    """The results of ``figures/<stem>/results.py``; never raises."""
    name = f"figures.{stem}.results"
    files = closure(name) or frozenset({Path(figures.__path__[0]) / stem / "results.py"})
    try:
        found = results.load(stem)
        files |= {path for result in found.values() for path in _data_files(result)}
        library = Library(found, files)
    except Exception as error:  # whatever an author's module raises must become a message, not a traceback
        library = Library(files=files, failure=explain(error))
    watch(library.files)
    return library


@dataclass(frozen=True)
class FoundTable:
    """One table of an article, or why there is none."""

    table: Table | None = None
    files: frozenset[Path] = frozenset()
    failure: str = ""


@cache
def table(stem: str, name: str) -> FoundTable:
    """The table ``name`` of ``figures/<stem>/tables.py``; never raises."""
    files = closure(f"figures.{stem}.tables") or frozenset({Path(figures.__path__[0]) / stem / "tables.py"})
    try:
        found = tables.load(stem, name)
        sources = [found.source(row, column) for row in range(len(found.rows)) for column in range(len(found.columns))]
        files |= {path for source in sources if source for path in _data_files(source)}
        result = FoundTable(found, files)
    except Exception as error:  # as above: a message, not a traceback
        result = FoundTable(files=files, failure=explain(error))
    watch(files)
    return result


def watch(files: Iterable[Path]) -> None:
    """Forget what is loaded, before a later build, when one of these files has changed by then."""
    _stamps.update((path, _stamp(path)) for path in files)


def explain(error: BaseException) -> str:
    """An exception from an article's module in one line: file, line, what is wrong."""
    if isinstance(error, SyntaxError) and error.filename:
        place = f"{repository_path(Path(error.filename))}, line {error.lineno}: "
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _written_by_author(frame.filename)]
        place = f"{repository_path(Path(frames[-1].filename))}, line {frames[-1].lineno}: " if frames else ""
    ours = type(error).__module__.partition(".")[0] == "figures"  # these say what is wrong and what to do
    return f"{place}{error}" if ours else f"{place}{type(error).__name__}: {error}; mend the code there"


def _written_by_author(file: str) -> bool:
    """Code of an article, or formulas, and not the modules that hold the house together."""
    parts = Path(repository_path(Path(file))).parts
    return len(parts) > 2 and parts[0] == "figures" and parts[1] != "data"


def refresh(app: Sphinx) -> None:
    """Forget loaded results when a file behind them changed: an autobuild process lives longer than one build."""
    if all(_stamp(path) == stamp for path, stamp in _stamps.items()):
        return
    forget()


def forget() -> None:
    """Forget all results, so that the next use loads them again."""
    _stamps.clear()
    for cached in (get, table, closure, data.load, measurement.read, results.load):
        cached.cache_clear()
    for name in [name for name in sys.modules if _belongs_to_articles(name)]:
        del sys.modules[name]
        vars(figures).pop(name.removeprefix("figures."), None)


def _belongs_to_articles(name: str) -> bool:
    """Formulas, results and the like; not the core such as ``figures.results``, whose classes others compare."""
    if not name.startswith("figures.") or name == "figures.data":
        return False
    return name.count(".") >= 2 or hasattr(sys.modules[name], "__path__")


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)


@cache
def closure(module: str) -> frozenset[Path]:
    """Source files of ``module`` and of every module of ``figures`` that it imports, directly or not."""
    seen: dict[str, Path] = {}
    todo = [module]
    while todo:
        name = todo.pop()
        path = _source(name)
        if path is None or name in seen:
            continue
        seen[name] = path
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue  # the import will say so, with file and line
        todo += [found for found in _imports(tree) if found.startswith("figures.")]
    return frozenset(seen.values())


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _source(module: str) -> Path | None:
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, SyntaxError, ValueError):
        return None
    except Exception:  # find_spec runs the parent packages, which may raise anything; the import will report it
        return None
    return Path(spec.origin) if spec and spec.origin and spec.has_location else None


def walk(source: Source) -> Iterator[Source]:
    """``source`` and everything it was computed from, each before its inputs."""
    yield source
    if isinstance(source, Computed):
        for given in source.inputs.values():
            for one in given if isinstance(given, tuple) else (given,):
                yield from walk(one)


def key(source: Source) -> tuple[object, ...]:
    """Equal for sources that are the same number from the same origin, also when they were made twice."""
    if isinstance(source, Computed):
        inputs = [given if isinstance(given, tuple) else (given,) for given in source.inputs.values()]
        return (source.formula.name, *(tuple(key(one) for one in given) for given in inputs))
    if isinstance(source, Datum):
        return ("datum", source.path)
    origin = source.why if isinstance(source, Assumed) else f"{source.measurement.path} {source.what}"
    return (kind(source), source.value, source.unit, origin)


def _data_files(result: Source) -> Iterator[Path]:
    for source in walk(result):
        if isinstance(source, Datum):
            yield source.file
        elif isinstance(source, Measured):
            yield source.measurement.path


def kind(result: Source) -> str:
    """The mark that fits ``result``."""
    return {Computed: "computed", Measured: "measured", Assumed: "assumed"}.get(type(result), "cited")
