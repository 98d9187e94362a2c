"""What a page says of itself to search engines and link previews."""

from __future__ import annotations

from tests.roots import Builder, Result


def made(build: Builder, page: str) -> Result:
    files: dict[str, str | bytes | None] = {"docs/index.md": page}
    return build(files, extensions=["_ext.page_meta"], html_baseurl="https://example.org/")


def test_description_and_preview_come_from_the_front_matter(build: Builder) -> None:
    result = made(build, '---\ndescription: Says "what" & why.\n---\n\n# Home page\n')
    assert result.warnings == ""
    tags = {str(t.get("name") or t.get("property")): t["content"] for t in result.html("index").select("meta[content]")}
    assert tags["description"] == tags["og:description"] == 'Says "what" & why.'
    assert tags["og:title"] == "Home page"
    assert tags["og:type"] == "website"
    assert tags["og:url"] == "https://example.org/index.html"


def test_a_page_without_a_description_is_an_error(build: Builder) -> None:
    assert made(build, "# Home\n").warnings == (
        "docs/index.md:1: WARNING: the page has no description; "
        "add a line 'description: …' to its front matter [page_meta.description]\n"
    )
