"""The rules of the bibliography: each fault is named with its place and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from references import checker
from references.library import MalformedError, fold, read

PAPERS = """% A comment.

@inproceedings{kwon2023,
  author = {Woosuk Kwon and Zhuohan Li},
  title = {Efficient Memory Management with {PagedAttention}},
  booktitle = {SOSP},
  year = {2023},
  doi = {10.1145/3600006.3613165},
  eprint = {2309.06180},
  archiveprefix = {arXiv},
}
"""
VENDORS = """@misc{nvidia2024h200,
  author = {{NVIDIA}},
  title = {H200 Data Sheet},
  year = {2024},
  howpublished = {Data sheet},
  url = {https://www.nvidia.com/h200},
}
"""
SOFTWARE = """@misc{huggingface2025,
  author = {{Hugging Face}},
  title = {Transformers},
  year = {2025},
  howpublished = {GitHub repository},
  url = {https://github.com/huggingface/transformers},
  note = {commit 008e574391258935f3ecc3035c882e73bbcac419},
}
"""
RECORD = """[{}]
address = "https://example.org"
seen = "full text"
means = "read"
date = 2026-11-24
"""
RECORDS = "\n".join(RECORD.format(key) for key in ("kwon2023", "nvidia2024h200", "huggingface2025"))


def check(
    folder: Path, *, papers: str = PAPERS, vendors: str = VENDORS, software: str = SOFTWARE, records: str = RECORDS
) -> list[str]:
    files = {"papers.bib": papers, "vendors.bib": vendors, "software.bib": software, "verified.toml": records}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    paths = [folder / name for name in files if name.endswith(".bib")]
    return [str(problem).replace(f"{folder}/", "") for problem in checker.check(paths)]


def test_a_good_bibliography_passes(tmp_path: Path) -> None:
    assert check(tmp_path) == []


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        ("  author = {Woosuk Kwon and Zhuohan Li},\n", "", "3: `kwon2023`: no `author`: every entry of papers.bib has"),
        ("  title = {Efficient Memory Management with {PagedAttention}},\n", "", "3: `kwon2023`: no `title`: every"),
        ("  year = {2023},\n", "", "3: `kwon2023`: no `year`: every entry of papers.bib has one; add it"),
        (
            "  booktitle = {SOSP},\n  year = {2023},\n  doi = {10.1145/3600006.3613165},\n  eprint = {2309.06180},\n"
            "  archiveprefix = {arXiv},\n",
            "  year = {2023},\n  url = {https://a.b/c},\n",
            "3: `kwon2023`: none of `journal`, `booktitle`, `publisher`, `school`, `institution`, `eprint`: every",
        ),
        (
            "  doi = {10.1145/3600006.3613165},\n  eprint = {2309.06180},\n",
            "",
            "3: `kwon2023`: none of `doi`, `eprint`, `url`: every entry of papers.bib has one; add it",
        ),
        ("10.1145/", "https://doi.org/10.1145/", "8: `kwon2023`: doi is 'https://doi.org/10.1145/3600006.3613165': ex"),
        ("10.1145/3", "10.1145/ABC3", "8: `kwon2023`: doi is '10.1145/ABC3600006.3613165': expected it in lower case"),
        ("10.1145/3600006.3613165", "10.48550/arXiv.2309.06180", "8: `kwon2023`: the DOI is arXiv's: write `eprint"),
        ("2309.06180", "2309.06180v1", "9: `kwon2023`: eprint is '2309.06180v1': expected an arXiv id like"),
        ("2309.06180", "arXiv:2309.06180", "9: `kwon2023`: eprint is 'arXiv:2309.06180': expected an arXiv id like"),
        ("  archiveprefix = {arXiv},\n", "", "3: `kwon2023`: an eprint needs `archiveprefix = {arXiv}`; add it"),
        ("year = {2023}", "year = {23}", "7: `kwon2023`: year is '23': expected four digits"),
        ("year = {2023}", "year = {2024}", "7: `kwon2023`: the key says 2023, the field year says 2024; correct the"),
        ("Zhuohan Li}", "others}", "4: `kwon2023`: `and others` after 1 authors: expected all names, or the first 10"),
        ("Zhuohan Li}", "Zhuohan Li et al.}", "4: `kwon2023`: `et al.` among the authors: name them all, or ten and"),
        ("Woosuk Kwon", "Woosuk Kwan", "3: `kwon2023`: the key begins with `kwon`, not with the first author's family"),
    ],
)
def test_a_fault_of_a_paper_is_named(tmp_path: Path, good: str, bad: str, expected: str) -> None:
    assert good in PAPERS
    found = check(tmp_path, papers=PAPERS.replace(good, bad))
    assert any(line.startswith(f"papers.bib:{expected}") for line in found), found


@pytest.mark.parametrize("key", ["Kwon2023", "kwon23", "kwon_2023", "kwon2023B", "kwon"])
def test_a_key_of_another_form_is_named(tmp_path: Path, key: str) -> None:
    found = check(tmp_path, papers=PAPERS.replace("{kwon2023", f"{{{key}"), records=RECORDS.replace("kwon2023", key))
    assert found == [
        f"papers.bib:3: `{key}`: the key is not a name, a year and perhaps a lower-case word: expected e.g. "
        "`kwon2023`; rename it here, in verified.toml and where it is cited"
    ]


@pytest.mark.parametrize(
    ("author", "key"),
    [
        ("Kübler, Jonas", "kubler2023"),
        ("{\\'A}lvarez, Ana", "alvarez2023"),
        ("David Simchi-Levi", "simchilevi2023paged"),
        ("Michiel de Jong", "jong2023"),
        ("{DeepSeek-AI}", "deepseek2023v2"),
        ("{GLM-5 Team}", "glm2023"),
        ("{Hugging Face}", "hugging2023"),
        ("{Hugging Face}", "huggingface2023b"),
    ],
)
def test_names_are_folded_into_keys(tmp_path: Path, author: str, key: str) -> None:
    papers = PAPERS.replace("Woosuk Kwon", author).replace("{kwon2023", f"{{{key}")
    assert check(tmp_path, papers=papers, records=RECORDS.replace("kwon2023", key)) == []


def test_ten_names_and_others_are_enough(tmp_path: Path) -> None:
    eleven = " and ".join(["Woosuk Kwon", *(f"Ann {letter}ong" for letter in "ABCDEFGHI"), "others"])
    assert check(tmp_path, papers=PAPERS.replace("Woosuk Kwon and Zhuohan Li", eleven)) == []


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://www.nvidia.com/h200", "expected a plain address that begins with https://"),
        ("https://www.nvidia.com/h\\_200", "expected a plain address that begins with https://"),
        ("https://www.NVIDIA.com/h200", "url has the host 'www.NVIDIA.com': write it in lower case"),
        ("https://www.nvidia.com/h200/", "url https://www.nvidia.com/h200/ ends with a slash: remove it"),
        ("https://www.nvidia.com/h200?utm_source=x", "carries tracking: remove it from what follows `?`"),
        ("https://arxiv.org/abs/2309.06180", "is made from the eprint: write `eprint = {…}` and remove the url"),
        ("https://doi.org/10.1145/1.2", "is made from the doi: write `doi = {…}` and remove the url"),
    ],
)
def test_an_address_not_in_normal_form_is_named(tmp_path: Path, url: str, message: str) -> None:
    (found,) = check(tmp_path, vendors=VENDORS.replace("https://www.nvidia.com/h200", url))
    assert found.startswith("vendors.bib:6: `nvidia2024h200`: ") and message in found


@pytest.mark.parametrize("field", ["howpublished", "url", "note"])
def test_software_names_how_where_and_which_state(tmp_path: Path, field: str) -> None:
    lines = [line for line in SOFTWARE.splitlines(keepends=True) if not line.strip().startswith(field)]
    found = check(tmp_path, software="".join(lines))
    assert found == [f"software.bib:1: `huggingface2025`: no `{field}`: every entry of software.bib has one; add it"]


def test_a_note_without_commit_or_version_is_named(tmp_path: Path) -> None:
    found = check(tmp_path, software=SOFTWARE.replace("commit 008e574391258935f3ecc3035c882e73bbcac419", "as of May"))
    assert found == [
        "software.bib:7: `huggingface2025`: note 'as of May' names no state of the software: expected "
        "`commit 0123abc…` or `version 1.2`; add it"
    ]
    assert check(tmp_path, software=SOFTWARE.replace("commit 008e574391258935f3ecc3035c882e73bbcac419", "v4.51")) == []


def test_a_file_that_is_no_kind_of_source_is_named(tmp_path: Path) -> None:
    (tmp_path / "misc.bib").write_text(VENDORS)
    (tmp_path / "verified.toml").write_text(RECORD.format("nvidia2024h200"))
    (found,) = checker.check([tmp_path / "misc.bib"])
    assert found.message.startswith("`nvidia2024h200`: `misc.bib` is no kind of source: expected one of `papers`, ")


@pytest.mark.parametrize(
    ("second", "name"),
    [
        (VENDORS.replace("nvidia2024h200", "kwon2023").replace("{{NVIDIA}}", "{Woosuk Kwon}"), "key"),
        (
            VENDORS.replace("}},\n  title", "}},\n  doi = {10.1145/3600006.3613165},\n  title"),
            "DOI",
        ),
        (
            VENDORS.replace("}},\n  title", "}},\n  eprint = {2309.06180},\n  archiveprefix = {arXiv},\n  title"),
            "arXiv id",
        ),
        (
            VENDORS.replace("H200 Data Sheet", "Efficient memory management, with PagedAttention").replace(
                "{{NVIDIA}}", "{Kwon, W.}"
            ),
            "title and first author",
        ),
    ],
)
def test_one_work_has_one_key_in_one_file(tmp_path: Path, second: str, name: str) -> None:
    found = check(tmp_path, vendors=second)
    assert any(
        f": same {name} as `kwon2023` (papers.bib:3): one work, one key, one file; remove one and cite the other"
        in line
        and line.startswith("vendors.bib:1: ")
        for line in found
    ), found


def test_a_key_twice_in_one_file_is_named_with_both_places(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match=r"papers.bib:14: the key `Kwon2023` is used twice: here and on line 3"):
        check(tmp_path, papers=PAPERS + "\n\n@misc{Kwon2023,\n}\n")


@pytest.mark.parametrize(
    ("good", "bad", "line"),
    [
        ("  year = {2023},", "  year = {2023}", 8),
        ("{SOSP}", "{SOSP", 12),
        ("year = {2023}", "year {2023}", 7),
        ("  doi =", "  title =", 3),
    ],
)
def test_malformed_bibtex_is_named_with_its_line(tmp_path: Path, good: str, bad: str, line: int) -> None:
    with pytest.raises(MalformedError, match=rf"papers.bib:{line}: malformed BibTeX: .*; (look for|write each)"):
        check(tmp_path, papers=PAPERS.replace(good, bad))


def test_malformed_toml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match=r"verified.toml:3: malformed TOML: .*; look for a missing quote"):
        check(tmp_path, records=RECORDS.replace('seen = "full text"', "seen = full text", 1))


def test_without_records_nothing_passes(tmp_path: Path) -> None:
    check(tmp_path)
    (tmp_path / "verified.toml").unlink()
    with pytest.raises(MalformedError, match=r"verified.toml:1: the file does not exist; write a table per entry"):
        checker.check([tmp_path / "papers.bib"])


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        (
            RECORD.format("kwon2023"),
            "",
            "papers.bib:3: `kwon2023`: no record in verified.toml: look at the source, ",
        ),
        ("[kwon2023]", "[kwan2023]", "verified.toml:1: [kwan2023] is the record of no entry: remove it, or add the"),
        ('address = "https://example.org"\n', "", "verified.toml:1: [kwon2023] has no `address`: a record has"),
        (
            "https://example.org",
            "http://example.org",
            "verified.toml:2: [kwon2023] address is 'http://example.org'",
        ),
        (
            "full text",
            "memory",
            "verified.toml:3: [kwon2023] seen is 'memory': expected one of 'full text', ",
        ),
        ('"read"', '" "', "verified.toml:4: [kwon2023] means is empty: say by what id, title, first author and year"),
        ("2026-11-24", '"yesterday"', "verified.toml:5: [kwon2023] date is 'yesterday': expected a date like 2026-11"),
        ("means =", "mean =", "verified.toml:4: [kwon2023] has the unknown field `mean`: a record has address, seen,"),
    ],
)
def test_a_fault_of_a_record_is_named(tmp_path: Path, good: str, bad: str, expected: str) -> None:
    assert good in RECORDS
    found = check(tmp_path, records=RECORDS.replace(good, bad, 1))
    assert any(line.startswith(expected) for line in found), found


def test_the_result_of_the_online_check_is_allowed(tmp_path: Path) -> None:
    checked = '[kwon2023.checked]\narxiv = "match"\ndate = 2026-11-24\n'
    assert check(tmp_path, records=RECORDS + checked) == []


def test_uncited_entries_are_named(tmp_path: Path) -> None:
    check(tmp_path)
    (found,) = checker.uncited(read([tmp_path / "papers.bib"]), ["nvidia2024h200"])
    assert found.message == "`kwon2023`: no page cites this entry: cite it, or remove it and its record"
    assert found.line == 3
    assert list(checker.uncited(read([tmp_path / "papers.bib"]), ["kwon2023"])) == []


def test_folding_makes_equal_what_is_equal() -> None:
    assert fold("Łukasz  Kübler-Ñé: a/b") == "lukasz kubler ne a b"


def test_the_command_lists_faults_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checker, "FOLDER", tmp_path)
    check(tmp_path)
    assert checker.main() == 0 and capsys.readouterr().err == ""
    check(tmp_path, vendors=VENDORS.replace("https:", "http:"))
    assert checker.main() == 1 and "vendors.bib:6: `nvidia2024h200`: url is" in capsys.readouterr().err
    (tmp_path / "verified.toml").write_text("broken")
    assert checker.main() == 1 and "verified.toml:1: malformed TOML" in capsys.readouterr().err
