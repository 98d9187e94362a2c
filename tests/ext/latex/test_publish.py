"""Digests, freshness, and what is said when something is wrong. No TeX is needed here."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pikepdf
import pytest
from _ext.latex import publish
from _ext.latex.__main__ import main
from _ext.latex.digest import KEY, LIST_OF_DOCUMENTS, Source, pdf_digest, read_sources, source_digest
from _ext.latex.tex import make


def stamped(path: Path, digest: str) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo[KEY] = digest
    path.parent.mkdir(parents=True, exist_ok=True)
    pdf.save(path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "build" / "latex"
    folder.mkdir(parents=True)
    (folder / "a.tex").write_text("text")
    (folder / "drawing.pdf").write_text("drawing")
    (folder / "style.sty").write_text("style")
    (folder / "llm-papers-and-articles.tex").write_text("book")
    documents = [
        {"name": "a", "docname": "articles/a", "reviewed": "2026-11-24", "images": ["drawing.pdf"]},
        {"name": "llm-papers-and-articles", "docname": "index", "reviewed": "2026-11-24", "images": []},
    ]
    (folder / LIST_OF_DOCUMENTS).write_text(json.dumps(documents))
    stamped(tmp_path / "articles" / "a.pdf", source_digest(folder, read_sources(folder)[0]))
    return tmp_path


def test_a_fresh_pdf_passes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["published", "--root", str(root)]) == 0
    assert capsys.readouterr().out == "1 published PDFs are fresh.\n"


@pytest.mark.parametrize("changed", ["a.tex", "drawing.pdf", "style.sty"])
def test_whatever_latex_reads_makes_it_stale(root: Path, changed: str, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "build" / "latex" / changed).write_text("changed")
    assert main(["published", "--root", str(root)]) == 1
    message = capsys.readouterr().err
    assert "articles/a.pdf: stale; its article, a figure or the design has changed since\n" in message
    assert "Run `nox -s pdf` and commit the PDFs." in message


def test_the_day_of_the_review_makes_it_stale(root: Path) -> None:
    file = root / "build" / "latex" / LIST_OF_DOCUMENTS
    file.write_text(file.read_text().replace("2026-11-24", "2026-11-25"))
    assert main(["published", "--root", str(root)]) == 1


def test_a_missing_pdf_and_an_orphan_are_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "articles" / "a.pdf").rename(root / "articles" / "gone.pdf")
    assert main(["published", "--root", str(root)]) == 1
    message = capsys.readouterr().err
    assert "articles/a.pdf: missing\n" in message
    assert "articles/gone.pdf: an orphan, there is no gone.md; delete it\n" in message


def test_the_digest_knows_no_place(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = root / "build" / "latex"
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "latex"
    shutil.copytree(folder, elsewhere)
    (source, _) = read_sources(folder)
    assert source_digest(folder, source) == source_digest(elsewhere, source)


def test_a_broken_pdf_carries_no_digest(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("not a PDF")
    assert pdf_digest(tmp_path / "a.pdf") == pdf_digest(tmp_path / "none.pdf") == ""


def fake_latexmk(folder: Path, script: str) -> None:
    """Put a `latexmk` that does what `script` says first on the PATH."""
    folder.mkdir()
    (folder / "latexmk").write_text(f"#!{sys.executable}\nimport os, pathlib, sys\n{script}\n")
    (folder / "latexmk").chmod(0o755)


def test_an_error_of_latex_is_shown_with_its_article_and_leaves_the_old_pdf(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = "\n".join(["noise"] * 50 + ["./a.tex:12: Undefined control sequence.", "l.12 \\nonsense"] + ["more"] * 50)
    (root / "build" / "latex" / "a.tex").write_text("changed")
    before = (root / "articles" / "a.pdf").read_bytes()
    stamp = "name = sys.argv[-1].removesuffix('.tex'); "
    fake_latexmk(root / "bin", stamp + f"pathlib.Path(name + '.log').write_text({log!r}); sys.exit(12)")
    monkeypatch.setenv("PATH", f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert main(["pdf", "--root", str(root)]) == 1
    message = capsys.readouterr().err
    assert (
        "articles/a: no PDF; a.pdf was left as it was.\n  LaTeX stopped:\n    ./a.tex:12: Undefined control" in message
    )
    assert message.count("\n") < 40 and "noise" not in message
    assert "2 of 2 PDFs could not be made." in message
    assert (root / "articles" / "a.pdf").read_bytes() == before


def test_only_what_changed_is_made_and_faults_of_the_log_stop_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = (
        "name = sys.argv[-1].removesuffix('.tex'); pathlib.Path(name + '.pdf').write_text('made'); "
        "pathlib.Path(name + '.log').write_text('LaTeX Warning: Label `x\\' multiply defined.')"
    )
    fake_latexmk(root / "bin", script)
    monkeypatch.setenv("PATH", f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert main(["pdf", "--root", str(root)]) == 1
    done = capsys.readouterr()
    assert "1 of 2 PDFs are fresh." in done.out  # the article; the book was never made
    assert "index: no PDF" in done.err and "the label x exists twice" in done.err
    assert not (root / "build" / "pdf").exists()


def test_the_book_can_be_made_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "[pathlib.Path(sys.argv[-1]).with_suffix(s).write_text('made') for s in ('.pdf', '.log')]"
    fake_latexmk(root / "bin", script)
    monkeypatch.setenv("PATH", f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert main(["book", "--root", str(root)]) == 0
    assert [file.name for file in (root / "build" / "pdf").iterdir()] == ["llm-papers-and-articles.pdf"]


def test_latex_sees_the_day_of_the_review_as_its_clock(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "name = sys.argv[-1].removesuffix('.tex'); pathlib.Path(name + '.log').write_text(''); "
        "pathlib.Path(name + '.pdf').write_text(os.environ['SOURCE_DATE_EPOCH'] + os.environ['FORCE_SOURCE_DATE'])"
    )
    fake_latexmk(root / "bin", script)
    monkeypatch.setenv("PATH", f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}")
    made = make(root / "build" / "latex", Source("a", "articles/a", "2026-11-24", ()), "digest")
    assert made.pdf is not None and made.pdf.read_text() == "17954784001"  # 2026-11-24T00:00:00Z
    assert (root / "build" / "latex" / "a.digest").read_text() == "\\def\\lpadigest{digest}\n"


def test_another_python_is_told_where_digests_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.python_version", lambda: "3.13.1")
    assert "This is Python 3.13.1 with Sphinx" in publish.elsewhere()
    monkeypatch.setattr("platform.python_version", lambda: "3.11.9")
    assert publish.elsewhere() == ""
