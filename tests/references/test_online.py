"""`nox -s refs` against a local stub of arXiv and Crossref."""

from __future__ import annotations

import datetime
import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from references import checker, online
from references.online import NotComparedError, Services

TODAY = datetime.date(2026, 11, 24)
PAPERS = """
@inproceedings{kwon2023,
  author = {Woosuk Kwon and Zhuohan Li},
  title = {Efficient Memory Management with {PagedAttention}},
  booktitle = {SOSP},
  year = {2023},
  doi = {10.1145/3600006.3613165},
  eprint = {2309.06180},
  archiveprefix = {arXiv},
}
@misc{deepseek2024v2,
  author = {{DeepSeek-AI}},
  title = {{DeepSeek-V2}: A Strong Model},
  year = {2024},
  eprint = {2405.04434},
  archiveprefix = {arXiv},
}
@inproceedings{plain2020,
  author = {Ann Plain},
  title = {No Identifier},
  booktitle = {Somewhere},
  year = {2020},
  url = {https://example.org/plain},
}
"""
RECORDS = """# How each work was seen.

[kwon2023]   # a comment
address = "https://arxiv.org/abs/2309.06180"
seen = "full text"
means = "read [all] of it"
date = 2026-11-20

# about the next one
[deepseek2024v2]
address = "https://arxiv.org/abs/2405.04434"
seen = "abstract"
means = "read"
date = 2026-11-20

[plain2020]
address = "https://example.org/plain"
seen = "listing"
means = "read"
date = 2026-11-20
"""
KWON = ("2309.06180v1", "Efficient Memory Management\n  with PagedAttention", "Woosuk Kwon", 2023)
DEEPSEEK = ("2405.04434v5", "DeepSeek-V2: A Strong Model", "DeepSeek-AI", 2024)
CROSSREF = {
    "title": ["Efficient Memory Management with PagedAttention"],
    "author": [{"given": "Woosuk", "family": "Kwon"}],
    "issued": {"date-parts": [[2023, 10, 23]]},
}


def atom(*works: tuple[str, str, str, int]) -> bytes:
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{id_}</id><title>{title}</title><published>{year}-05-07T00:00:00Z</published>"
        f"<author><name>{author}</name></author><author><name>Another One</name></author></entry>"
        for id_, title, author, year in works
    )
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()


class Stub:
    """What the two services answer, and what they were asked."""

    def __init__(self) -> None:
        self.arxiv: tuple[int, bytes] = (200, atom(KWON, DEEPSEEK))
        self.crossref: tuple[int, bytes] = (200, json.dumps({"message": CROSSREF}).encode())
        self.delay = 0.0
        self.asked: list[str] = []


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Stub, Services]]:
    monkeypatch.setenv("no_proxy", "*")
    answers = Stub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked.append(urllib.parse.unquote(self.path))
            time.sleep(answers.delay)
            status, body = answers.arxiv if self.path.startswith("/arxiv") else answers.crossref
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{server.server_port}"
    yield answers, Services(f"{base}/arxiv", f"{base}/works", timeout=0.5, pause=0)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "papers.bib").write_text(PAPERS, encoding="utf-8")
    (tmp_path / "verified.toml").write_text(RECORDS, encoding="utf-8")
    return tmp_path


def records(folder: Path) -> str:
    return (folder / "verified.toml").read_text(encoding="utf-8")


def test_what_matches_is_recorded_and_nothing_else_changes(stub: tuple[Stub, Services], folder: Path) -> None:
    answers, services = stub
    assert online.run(folder, services, TODAY) == []
    kwon = '\n[kwon2023.checked]\narxiv = "match"\ncrossref = "match"\ndate = 2026-11-24\n'
    deepseek = '\n[deepseek2024v2.checked]\narxiv = "match"\ndate = 2026-11-24\n'
    new = records(folder)
    assert kwon in new and deepseek in new
    assert new.replace(kwon, "").replace(deepseek, "") == RECORDS
    assert answers.asked == [
        "/arxiv?id_list=2309.06180,2405.04434&max_results=2",
        "/works/10.1145/3600006.3613165",
    ]
    assert checker.check([folder / "papers.bib"]) == []


def test_a_second_run_replaces_the_first(stub: tuple[Stub, Services], folder: Path) -> None:
    _, services = stub
    online.run(folder, services, TODAY)
    first = records(folder)
    online.run(folder, services, TODAY)
    assert records(folder) == first
    online.run(folder, services, TODAY + datetime.timedelta(days=1))
    assert records(folder) == first.replace("2026-11-24", "2026-11-25")


@pytest.mark.parametrize(
    ("work", "result"),
    [
        ((KWON[0], "Another Title", *KWON[2:]), "differs: title 'Another Title'"),
        ((*KWON[:2], "Zhuohan Li", 2023), "differs: first author 'Zhuohan Li'"),
        ((*KWON[:3], 2024), "differs: year 2024"),  # the preprint after the paper
        ((*KWON[:2], "Bo Kwok", 2024), "differs: first author 'Bo Kwok', year 2024"),
        (("2301.00001v1", *KWON[1:]), "not found"),
    ],
)
def test_what_differs_from_arxiv_is_recorded_and_named(
    stub: tuple[Stub, Services], folder: Path, work: tuple[str, str, str, int], result: str
) -> None:
    answers, services = stub
    answers.arxiv = (200, atom(work, DEEPSEEK))
    (problem,) = online.run(folder, services, TODAY)
    assert problem == (
        f"{folder}/papers.bib:2: `kwon2023`: arxiv says {result}; correct the entry, or "
        "say in its record why it differs"
    )
    assert f'[kwon2023.checked]\narxiv = "{result}"\n' in records(folder)


def test_a_paper_may_appear_after_its_preprint_but_a_preprint_has_its_year(
    stub: tuple[Stub, Services], folder: Path
) -> None:
    answers, services = stub
    answers.arxiv = (200, atom((*KWON[:3], 2022), (*DEEPSEEK[:3], 2023)))
    (problem,) = online.run(folder, services, TODAY)
    assert "`deepseek2024v2`: arxiv says differs: year 2023" in problem


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({"title": ["Another"]}, "differs: title 'Another'"),
        ({"author": [{"given": "Li", "family": "Wei"}]}, "differs: first author 'Li Wei'"),
        ({"author": [{"name": "The Kwon"}]}, "match"),
        ({"issued": {"date-parts": [[2022]]}}, "differs: year 2022"),
    ],
)
def test_what_crossref_says_is_recorded(
    stub: tuple[Stub, Services], folder: Path, change: dict[str, object], result: str
) -> None:
    answers, services = stub
    answers.crossref = (200, json.dumps({"message": CROSSREF | change}).encode())
    assert len(online.run(folder, services, TODAY)) == (result != "match")
    assert f'crossref = "{result}"\n' in records(folder)


def test_what_crossref_does_not_know_is_not_found(stub: tuple[Stub, Services], folder: Path) -> None:
    answers, services = stub
    answers.crossref = (404, b"Resource not found.")
    (problem,) = online.run(folder, services, TODAY)
    assert "crossref says not found" in problem and 'crossref = "not found"' in records(folder)


@pytest.mark.parametrize(
    ("service", "answer", "message"),
    [
        ("arxiv", (500, b""), "answers 500 Internal Server Error"),
        ("crossref", (503, b""), "answers 503 Service Unavailable"),
        ("arxiv", (200, b"<html>busy"), "answers something else than a list of works"),
        ("arxiv", (404, b""), "answers something else than a list of works"),
        ("arxiv", (200, atom(KWON).replace(b"2023-05", b"soon")), "answers something else than a list of works"),
        ("crossref", (200, b"<html>"), "answers something else than a work"),
        ("crossref", (200, b'{"message": {"title": []}}'), "answers something else than a work"),
    ],
)
def test_when_an_answer_is_of_no_use_the_file_stays(
    stub: tuple[Stub, Services], folder: Path, service: str, answer: tuple[int, bytes], message: str
) -> None:
    answers, services = stub
    setattr(answers, service, answer)
    with pytest.raises(NotComparedError, match=message):
        online.run(folder, services, TODAY)
    assert records(folder) == RECORDS
    assert sorted(path.name for path in folder.iterdir()) == ["papers.bib", "verified.toml"]


def test_a_service_that_is_silent_is_given_up(stub: tuple[Stub, Services], folder: Path) -> None:
    answers, services = stub
    answers.delay = 1.5
    with pytest.raises(NotComparedError, match=r"arxiv.* cannot be reached: .*timed out"):
        online.run(folder, services, TODAY)
    assert records(folder) == RECORDS


def test_without_a_network_the_command_says_so_and_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(online, "FOLDER", folder)
    monkeypatch.setattr(online, "Services", lambda: Services("http://127.0.0.1:1/", "http://127.0.0.1:1/", 1, 0))
    before = (folder / "verified.toml").stat()
    assert online.main() == 2
    text = capsys.readouterr().err
    assert "http://127.0.0.1:1/" in text and "cannot be reached" in text
    assert "Nothing was written: this needs a network" in text
    after = (folder / "verified.toml").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_the_command_fails_when_something_differs(
    stub: tuple[Stub, Services], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, services = stub
    monkeypatch.setattr(online, "FOLDER", folder)
    monkeypatch.setattr(online, "Services", lambda: services)
    assert online.main() == 0 and capsys.readouterr().err == ""
    answers.crossref = (404, b"")
    assert online.main() == 1 and "crossref says not found" in capsys.readouterr().err


def test_a_bibliography_with_faults_is_not_compared(stub: tuple[Stub, Services], folder: Path) -> None:
    answers, services = stub
    (folder / "papers.bib").write_text(PAPERS.replace("  year = {2023},\n", ""))
    with pytest.raises(NotComparedError, match="`kwon2023`: no `year`"):
        online.run(folder, services, TODAY)
    assert answers.asked == [] and records(folder) == RECORDS


def test_many_ids_are_asked_in_batches(stub: tuple[Stub, Services], monkeypatch: pytest.MonkeyPatch) -> None:
    answers, services = stub
    monkeypatch.setattr(online, "BATCH", 2)
    found = online.from_arxiv(["2309.06180", "2405.04434", "2501.00001"], services)
    assert [question.split("&")[0] for question in answers.asked] == [
        "/arxiv?id_list=2309.06180,2405.04434",
        "/arxiv?id_list=2501.00001",
    ]
    assert set(found) == {"2309.06180", "2405.04434"}


def test_records_in_an_unknown_form_are_left_alone() -> None:
    text = 'a2020 = { address = "https://a.b", seen = "full text" }\n'
    with pytest.raises(NotComparedError, match=r"cannot add results to verified.toml: write each record as a table"):
        online.with_results(text + '[b2020]\nmeans = """\n[a2020]\n"""\n', {"a2020": {"arxiv": "match"}}, TODAY)
