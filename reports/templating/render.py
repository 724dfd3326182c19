"""Dataset + template → Manuscript: Jinja, sandboxed and strict.

What a template may call stands in `functions` and `filters.FILTERS`; docs/templates.md explains them to authors.
Records come as views whose printed values keep their place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import jinja2
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError, Where, near
from reports.document.manuscript import INSERT, RESERVED, Manuscript, unmark
from reports.model.dates import PartialDate
from reports.model.records import Dataset, Node
from reports.model.report_definitions import Job, editions_until
from reports.templating import filters, selections
from reports.templating.context import MAX_CHARACTERS, MAX_LINES, Book
from reports.templating.environment import (
    Environment,
    Unknown,
    brought_in,
    line_here,
    make_environment,
    template_names,
)
from reports.templating.functions import functions
from reports.templating.in_time import selecting as in_time
from reports.templating.tag_errors import in_our_words, wrong_tags


def merge(
    dataset: Dataset, job: Job, place: Node, lang: str, templates: Path, *, before: Dataset | None = None
) -> Manuscript:
    """Render the report's template in *lang*. *place* is where the report is defined; *before* is the reading of the
    edition before.

    Raises ReportError with the template's file and line when the template is wrong.
    """
    here, editions = partial(line_here, templates.name), tuple(one.cutoff for one in editions_until(job))
    book = Book(dataset, lang, PartialDate(job.as_of, job.as_of), here, before, editions)
    environment = make_environment(templates, partial(filters.show, book), _filters(book, job))
    environment.globals.update(functions(book, job, place, templates.name))
    name = _template(job.report.template, lang, templates)
    marked = _told(environment, name, templates, _render)
    text, lines = unmark(marked, [f"{templates.name}/{n}" for n in template_names])
    _refuse_broken(text, lines, len(book.inserts))
    printed = tuple(book.inserts), tuple(book.sources), tuple(book.charts)
    return Manuscript(text, lang, lines, *printed, tuple(book.notes.values()))


def list_of_changes(
    dataset: Dataset, job: Job, place: Node, lang: str, *, before: Dataset | None
) -> Manuscript:
    """What `changes()` gives a template, an item each: for a report whose template does not ask for it."""
    book = Book(dataset, lang, PartialDate(job.as_of, job.as_of), before=before)
    found = functions(book, job, place, "")["changes"]()
    text = "".join(f"- {filters.show(book, one)}\n" for one in found)
    return Manuscript(text, lang, (), tuple(book.inserts), tuple(book.sources))


def look_over(job: Job, lang: str, templates: Path) -> None:
    """Read the report's template and what it brings in, without any record. Raises ReportError where it is wrong."""
    book = Book(Dataset.of({}, {}, {}), lang, PartialDate(job.as_of, job.as_of))
    environment = make_environment(templates, partial(filters.show, book), _filters(book, job))
    names = [_template(job.report.template, lang, templates)]
    for name in names:
        named = _told(environment, name, templates, brought_in)
        names += [one for one in named if one not in names]


def _filters(book: Book, job: Job) -> dict[str, Callable[..., Any]]:
    """Every filter, bound to what it speaks of: the book, the period, the day."""
    tables = (
        (filters.BOOK_FILTERS, book),
        (selections.PERIOD_FILTERS, job.period),
        (selections.DAY_FILTERS, job.as_of),
    )
    bound = {name: partial(function, about) for table, about in tables for name, function in table.items()}
    return {**filters.FILTERS, **bound, **in_time.filters(book)}


def _template(folder: str, lang: str, templates: Path) -> str:
    """The template of the language; Traditional Chinese is told by the Chinese one where it has none."""
    names = [f"{folder}/report.{told}.md.j2" for told in (lang, lang.partition("-")[0])]
    return next((name for name in names if _is_file(templates / name)), names[-1])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _refuse_broken(text: str, lines: Sequence[Where], count: int) -> None:
    """Tokens are kept whole by filters, ~ and macros; a slice of printed text can cut them."""
    for number, line in enumerate(text.split("\n")):
        wrong = any(len(index) > 9 or int(index) >= count for index in INSERT.findall(line))
        if wrong or RESERVED.search(INSERT.sub("", line)):
            raise ReportError(Problem(lines[number], "template/broken-value"))


# --- rendering --------------------------------------------------------------------------------------------


def _render(environment: Environment, name: str) -> str:
    return _limited(environment.get_template(name).generate())


T = TypeVar("T")


def _told(environment: Environment, name: str, templates: Path, act: Callable[[Environment, str], T]) -> T:
    """What *act* makes of the template; what goes wrong is told with the template's file and line."""
    try:
        return act(environment, name)
    except ReportError as error:
        line = _line(error, templates)
        found = [_placed(problem, line, name, templates) for problem in error.problems]
    except jinja2.TemplateSyntaxError as error:
        where = Where(f"{templates.name}/{error.name or name}", error.lineno)
        about = (error.source or "", error.name or name)
        better = wrong_tags(*about, error.message or "")
        plain = in_our_words(error.message or "", *about, error.lineno)
        problem = plain or _failure(error.message or "", environment, "template/syntax")
        found = [_placed(one, where, name, templates) for one in better or (problem,)]
    except jinja2.TemplateNotFound as error:
        where = _line(error, templates) or Where(f"{templates.name}/{name}")
        args = _neighbours(str(error.name), _template_names(templates))
        found = [Problem(_at_name(where, str(error.name), templates), "template/not-found", args)]
    except Unknown as error:
        known = environment.globals if error.known is None else error.known
        problem = Problem(Where(""), "template/undefined", _neighbours(error.name, known))
        found = [_placed(problem, _line(error, templates), name, templates)]
    except RecursionError as error:
        found = [_placed(Problem(Where(""), "template/endless"), _line(error, templates), name, templates)]
    except Exception as error:  # noqa: BLE001 - whatever a template does wrong is the author's to read
        problem = _failure(str(error) or type(error).__name__, environment, "template/failed")
        found = [_placed(problem, _line(error, templates), name, templates)]
    raise ReportError(*found)


def _limited(chunks: Iterable[str]) -> str:
    parts, total, lines = [], 0, 0
    for chunk in chunks:
        total += len(chunk)
        lines += chunk.count("\n")
        if total > MAX_CHARACTERS or lines > MAX_LINES:
            code, limit = (
                ("template/too-large", MAX_CHARACTERS)
                if total > MAX_CHARACTERS
                else ("template/too-many-lines", MAX_LINES)
            )
            problem = Problem(Where(""), code, {"limit": f"{limit:,}"})
            assert isinstance(chunks, Generator)
            chunks.throw(ReportError(problem))  # raised where the template stands, so that its line is known
        parts.append(chunk)
    return "".join(parts)


def _template_names(templates: Path) -> list[str]:
    return sorted(p.relative_to(templates).as_posix() for p in templates.rglob("*.j2"))


def _line(error: BaseException, templates: Path) -> Where | None:
    """The innermost template line the error passed through (Jinja gives its frames template lines)."""
    found = None
    trace: TracebackType | None = error.__traceback__
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(templates):
            found = Where(f"{templates.name}/{file.relative_to(templates).as_posix()}", trace.tb_lineno)
        trace = trace.tb_next
    return found


def _placed(problem: Problem, line: Where | None, name: str, templates: Path) -> Problem:
    """Give a problem raised inside a template function its template line, and the column of what it names."""
    if problem.where.file:
        where = replace(problem.where, file=f"{templates.name}/{problem.where.file}")
    else:
        where = line or Where(f"{templates.name}/{name}")
        where = _at_name(where, str(problem.args.get("name", "")), templates)
    return Problem(where, problem.code, problem.args, problem.severity)


def _failure(detail: str, environment: Environment, code: str) -> Problem:
    """What Jinja complains of; of a filter or test it does not know, which there are."""
    unknown = re.match(r"No (filter|test) named '(.+?)'", detail)
    if not unknown:
        return Problem(Where(""), code, {"detail": detail})
    known = environment.filters if unknown[1] == "filter" else environment.tests
    return Problem(Where(""), "template/undefined", _neighbours(unknown[2], known))


#: Of more names than this only the nearest are told.
_MANY = 60


def _neighbours(name: str, known: Iterable[str]) -> Mapping[str, object]:
    """What to say of a name that is not known."""
    names = sorted(known) if not isinstance(known, list) else known
    shown = names if len(names) <= _MANY else [*difflib.get_close_matches(name, names, n=12, cutoff=0.3), "…"]
    return {"name": name, "near": near(name, names), "known": ", ".join(shown) or "–"}


def _at_name(where: Where, name: str, templates: Path) -> Where:
    """Add the column at which *name* stands, in the line itself or where its tag goes on below."""
    file = templates.parent / where.file
    if not name or not where.line or not file.is_file():
        return where
    lines = re.split("\r\n|\r|\n", file.read_text("utf-8-sig"))
    for line, text in enumerate(lines[where.line - 1 : where.line + 9], where.line):
        if found := re.search(rf"(?<![\w.]){re.escape(name)}(?!\w)|(?<=\.){re.escape(name)}(?!\w)", text):
            return Where(where.file, line, found.start() + 1, found.end() + 1)
        if "}}" in text or "%}" in text:
            break
    return where
