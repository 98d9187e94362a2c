"""The cards of the title page, and the table of contents behind them."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment.adapters.toctree import global_toctree_for_doc

from tests.ext.test_article_page import ARTICLE, BASICS
from tests.roots import REPOSITORY, Builder, Result

INDEX = "# Home\n\n## Serving things\n\n:::{articles}\nbasics\ncaches\n:::\n"
FILES: dict[str, str | bytes | None] = {
    "docs/index.md": INDEX,
    "articles/caches.md": ARTICLE,
    "articles/basics.md": BASICS,
    "articles/caches.pdf": b"%PDF-",
}


def made(build: Builder, files: dict[str, str | bytes | None], builder: str = "html") -> Result:
    templates = [str(REPOSITORY / "docs/_templates")]
    return build(files, extensions=["_ext.article_cards"], templates_path=templates, builder=builder)


def test_cards_come_in_the_order_given_with_title_description_and_pdf(build: Builder) -> None:
    result = made(build, FILES)
    assert result.warnings == ""
    cards = result.html("index").select("h2 ~ .lpa-cards > li")
    assert [[(a.text, a["href"]) for a in card.select("a")] for card in cards] == [
        [("Basics", "articles/basics.html")],
        [("Caches & more", "articles/caches.html"), ("PDF", "articles/caches.pdf")],
    ]
    assert "What a cache <costs>." in cards[1].text


def test_the_heading_is_the_caption_in_the_navigation(build: Builder) -> None:
    app = made(build, FILES).app
    toctree = global_toctree_for_doc(app.env, "index", app.builder, tags=app.tags, includehidden=True, maxdepth=1)
    assert toctree is not None
    assert [text.astext() for text in toctree.findall(nodes.Text)] == ["Serving things", "Basics", "Caches & more"]


def test_a_changed_description_reaches_its_card(build: Builder) -> None:
    made(build, FILES)
    result = made(build, {"articles/caches.md": ARTICLE.replace("What a cache <costs>.", "Another sentence.")})
    assert result.updated == ("articles/caches",)
    assert "Another sentence." in result.text("index.html")


def test_an_article_that_does_not_exist_is_an_error_with_its_line(build: Builder) -> None:
    result = made(build, FILES | {"docs/index.md": INDEX.replace("basics", "missing\nbasics")})
    assert "docs/index.md:5: WARNING: toctree contains reference to nonexisting document 'articles/missing'" in (
        result.warnings
    )


def test_an_article_without_a_card_is_an_error(build: Builder) -> None:
    result = made(build, FILES | {"docs/index.md": INDEX.replace("basics\n", "")})
    assert "articles/basics.md: WARNING: document isn't included in any toctree" in result.warnings


def test_other_outputs_take_the_table_of_contents_alone(build: Builder) -> None:
    result = made(build, FILES, "text")
    assert result.warnings == ""
    assert "What a cache" not in result.text("index.txt")
