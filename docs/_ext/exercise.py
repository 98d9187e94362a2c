r"""Exercises and their solutions: ``{exercise} Title`` with ``:name: ex-x``, and ``{solution} ex-x``.

Numbered per article; ``{ref}`ex-x` `` gives "Exercise 3". In HTML a solution is folded directly after its exercise; in
LaTeX all solutions of an article stand in a section before its appendix. An exercise without a solution, a solution
without an exercise and a second of either are errors.

Our own, because sphinx-exercise brings a whole other theme along (sphinx-book-theme) for what is needed here.

LaTeX, each replaceable by defining it first: environments ``lpaExercise{number}{title}`` and
``lpaSolution{number}{title}{label of the exercise}``, command ``\lpaSolutionLink{label of the solution}``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.nodes import make_id
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

logger = logging.getLogger(__name__)
TITLE = "Solutions to the exercises"

MACROS = r"""
% Exercises (docs/_ext/exercise.py)
\ifdefined\lpaExercise\else
  \newenvironment{lpaExercise}[2]{\par\addvspace{.8\baselineskip}\noindent
    \textbf{Exercise #1.}\enspace\textit{#2}\par\nopagebreak}{\par}
\fi
\ifdefined\lpaSolution\else
  \newenvironment{lpaSolution}[3]{\par\addvspace{.8\baselineskip}\noindent
    \textbf{\hyperref[#3]{Exercise #1.}}\enspace\textit{#2}\par\nopagebreak}{\par}
\fi
\providecommand*\lpaSolutionLink[1]{\par\noindent{\footnotesize\hyperref[#1]{Solution on page~\pageref*{#1}}}\par}
"""


class exercise(nodes.General, nodes.Element):
    """One exercise; ``solution`` is the id of its solution, once known."""


class solution(nodes.General, nodes.Element):
    """One solution; ``exercise`` is the id of its exercise."""


class solutions(nodes.General, nodes.Element):
    """Where LaTeX gathers the solutions of a document."""


@dataclass
class Found:
    """Exercises and solutions of the document being read, by the exercise's name."""

    exercises: dict[str, exercise] = field(default_factory=dict)
    solutions: dict[str, solution] = field(default_factory=dict)


def _found(env: BuildEnvironment) -> Found:
    if "exercises" not in env.temp_data:
        env.temp_data["exercises"] = Found()
    found: Found = env.temp_data["exercises"]
    return found


def _names(env: BuildEnvironment) -> dict[str, dict[str, int]]:
    """Line of each exercise by document and name; kept in the environment."""
    if not hasattr(env, "exercise_names"):
        env.exercise_names = {}  # type: ignore[attr-defined]  # extensions keep their data on the environment
    found: dict[str, dict[str, int]] = env.exercise_names  # type: ignore[attr-defined]  # extensions keep their data on the environment
    return found


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _names(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    _names(env).update({name: _names(other)[name] for name in docnames if name in _names(other)})


def _check_names(app: Sphinx, env: BuildEnvironment) -> None:
    """One name in two articles: a reference would go to either."""
    first: dict[str, str] = {}
    for docname, names in sorted(_names(env).items()):
        for name, line in names.items():
            if name in first:
                message = f"exercise {name!r} stands in {first[name]}.md already; rename one"
                logger.warning("%s", message, type="exercise", subtype="duplicate", location=(docname, line))
                env.reread_always.add(docname)
            first.setdefault(name, docname)


def _complain(env: BuildEnvironment, subtype: str, message: str, line: int) -> None:
    env.note_reread()  # a warning must not vanish with a second build
    logger.warning("%s", message, type="exercise", subtype=subtype, location=(env.docname, line))


class ExerciseDirective(SphinxDirective):
    """``{exercise} Title`` with the option ``name``."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"name": lambda text: nodes.fully_normalize_name(text or "")}  # noqa: RUF012 (as in docutils)

    def run(self) -> list[nodes.Node]:
        """One numbered exercise, known to ``{ref}`` by its name."""
        title = self.arguments[0]
        name = self.options.get("name", "")
        mine = _found(self.env).exercises
        if not name:
            _complain(self.env, "name", f"exercise {title!r} has no name; add ':name: ex-…'", self.lineno)
            name = f"ex-{make_id(title)}"
        if name in mine:
            first = mine[name].line
            _complain(
                self.env, "duplicate", f"exercise {name!r} stands in line {first} already; rename one", self.lineno
            )
            return []
        number = len(mine) + 1
        node = exercise(number=number, title=title, ids=[make_id(name)])
        node.line = self.lineno
        self.set_source_info(node)
        self.state.document.set_id(node)
        node += self.parse_content_to_nodes()
        mine[name] = node
        _names(self.env).setdefault(self.env.docname, {})[name] = self.lineno
        std = self.env.get_domain("std")
        std.note_hyperlink_target(name, self.env.docname, node["ids"][0], f"Exercise {number}")  # type: ignore[attr-defined]  # the standard domain, typed as any domain
        return [node]


class SolutionDirective(SphinxDirective):
    """``{solution} ex-x``."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """The solution, where it stands; it is moved once all exercises are known."""
        name = nodes.fully_normalize_name(self.arguments[0])
        mine = _found(self.env).solutions
        if name in mine:
            message = f"exercise {name!r} has a solution in line {mine[name].line} already; remove one"
            _complain(self.env, "duplicate", message, self.lineno)
            return []
        node = solution(ids=[f"solution-{make_id(name)}"])
        node.line = self.lineno
        self.set_source_info(node)
        self.state.document.set_id(node)
        node += self.parse_content_to_nodes()
        for numbered in node.findall(nodes.Element):
            if isinstance(numbered, (nodes.figure, nodes.table)) or (
                isinstance(numbered, nodes.math_block) and numbered.get("label")
            ):
                message = (
                    f"the solution of {name!r} holds a numbered {numbered.tagname}; PDF and page would number it "
                    "differently, for the PDF moves solutions to the end: leave its label out or put it into the text"
                )
                _complain(self.env, "numbered", message, self.lineno)
        mine[name] = node
        return [node]


class PairUp(SphinxTransform):
    """Put each solution behind its exercise, check that none is alone, and leave the place for LaTeX."""

    default_priority = 219  # before the evidence appendix is appended

    def apply(self, **kwargs: Any) -> None:
        """Pair the exercises and solutions of one document."""
        found = _found(self.env)
        for name, task in found.exercises.items():
            if name not in found.solutions:
                message = f"exercise {name!r} has no solution; add ':::{{solution}} {name}'"
                _complain(self.env, "unsolved", message, task.line or 0)
        for name, answer in found.solutions.items():
            answer.parent.remove(answer)
            if name not in found.exercises:
                known = ", ".join(found.exercises) or "none"
                message = f"solution of {name!r}, which is no exercise of this article; exercises are: {known}"
                _complain(self.env, "unknown", message, answer.line or 0)
                continue
            task = found.exercises[name]
            answer["number"], answer["title"], answer["exercise"] = task["number"], task["title"], task["ids"][0]
            task["solution"] = answer["ids"][0]
            task.parent.insert(task.parent.index(task) + 1, answer)
        if found.solutions:
            sections = [node for node in self.document.children if isinstance(node, nodes.section)]
            (sections[0] if sections else self.document).append(solutions())


class GatherSolutions(SphinxPostTransform):
    """Move the solutions of each document into one section at its end."""

    formats = ("latex",)
    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """The book has one such section per chapter."""
        for place in list(self.document.findall(solutions)):
            section = nodes.section("", nodes.title("", TITLE), ids=["solutions-to-the-exercises"])
            for answer in list(place.parent.findall(solution)):
                answer.parent.remove(answer)
                section += answer
            place.replace_self(section)


def _html_exercise(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "div", CLASS="lpa-exercise"))
    self.body.append(
        f'<p class="lpa-exercise-title"><span class="lpa-exercise-number">Exercise {node["number"]}</span> '
        f"{escape(node['title'])}</p>\n"
    )


def _html_close_div(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _html_solution(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "details", CLASS="lpa-solution"))
    self.body.append(f"<summary>Solution of exercise {node['number']}</summary>\n")


def _html_solution_end(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def _label(self: LaTeXTranslator, identity: str) -> str:
    return self.idescape(f"{self.curfilestack[-1]}:{identity}")


def _latex_exercise(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append(f"\n\\begin{{lpaExercise}}{{{node['number']}}}{{{self.encode(node['title'])}}}")
    self.body.append(self.hypertarget_to(node, anchor=True) + "\n")


def _latex_exercise_end(self: LaTeXTranslator, node: nodes.Element) -> None:
    if "solution" in node:
        self.body.append(f"\n\\lpaSolutionLink{{{_label(self, node['solution'])}}}")
    self.body.append("\n\\end{lpaExercise}\n")


def _latex_solution(self: LaTeXTranslator, node: nodes.Element) -> None:
    back = _label(self, node["exercise"])
    title = self.encode(node["title"])
    self.body.append(f"\n\\begin{{lpaSolution}}{{{node['number']}}}{{{title}}}{{{back}}}")
    self.body.append(self.hypertarget_to(node, anchor=True) + "\n")


def _latex_solution_end(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append("\n\\end{lpaSolution}\n")


def _text(self: Any, node: nodes.Element) -> None:
    pass


def _skip(self: Any, node: nodes.Element) -> None:
    raise nodes.SkipNode


def add_macros(app: Sphinx, config: Config) -> None:
    """Append the LaTeX macros to the preamble."""
    config.latex_elements["preamble"] = config.latex_elements.get("preamble", "") + MACROS


def setup(app: Sphinx) -> dict[str, Any]:
    """Register nodes, directives and transforms."""
    plain = (_text, _text)
    app.add_node(
        exercise, html=(_html_exercise, _html_close_div), latex=(_latex_exercise, _latex_exercise_end), text=plain
    )
    app.add_node(
        solution, html=(_html_solution, _html_solution_end), latex=(_latex_solution, _latex_solution_end), text=plain
    )
    app.add_node(solutions, html=(_skip, None), latex=(_skip, None), text=(_skip, None))
    app.add_directive("exercise", ExerciseDirective)
    app.add_directive("solution", SolutionDirective)
    app.add_transform(PairUp)
    app.add_post_transform(GatherSolutions)
    app.connect("config-inited", add_macros)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-check-consistency", _check_names)
    app.add_css_file("exercise.css")
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
