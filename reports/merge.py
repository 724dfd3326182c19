"""Dataset + template → Manuscript: Jinja, sandboxed and strict. The only importer of jinja2.

What a template may call stands in `_functions` and `_FILTERS`; docs/templates.md explains them to authors.
Records come as views whose printed values keep their place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, NoReturn

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reports import table_plan
from reports.drawing import ChartRequest
from reports.job import Job
from reports.manuscript import RESERVED, Manuscript, line_token, unmark
from reports.model import KINDS, Dataset, Node, Record
from reports.problems import Problem, ReportError, Where, near
from reports.values import PartialDate
from reports.views import Book, Leaf, Place, View, as_leaf, by_path, in_time, reference, short_date, view
from reports.wording import joiner, say, say_open

#: Above this a template runs in circles; the longest real report is a hundredth of it.
MAX_CHARACTERS = 20_000_000


def merge(dataset: Dataset, job: Job, place: Node, lang: str, templates: Path) -> Manuscript:
    """Render the report's template in *lang*. *place* is where the report is defined.

    Raises ReportError with the template's file and line when the template is wrong.
    """
    book = Book(dataset, lang)
    environment = _environment(templates, book)
    environment.globals.update(_functions(book, job, place))
    name = f"{job.report.template}/report.{lang}.md.j2"
    marked = _render(environment, name, templates)
    text, lines = unmark(marked, [f"{templates.name}/{n}" for n in environment.template_names])
    return Manuscript(text, lang, lines, tuple(book.inserts), tuple(book.sources), tuple(book.charts))


# --- the environment --------------------------------------------------------------------------------------


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with string arithmetic that could exhaust memory taken out."""

    intercepted_binops = frozenset(["*", "**", "%"])
    template_names: list[str]

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers only: 'x' * 10**9 and '%099999999d' % 1 are refused."""
        if not all(isinstance(side, int | float) and abs(side) < 10**9 for side in (left, right)):
            raise SecurityError(f"'{operator}' works on numbers only here")
        return super().call_binop(context, operator, left, right)


class _Loader(jinja2.FileSystemLoader):
    """Templates under one folder; a link that leads out of it is not followed."""

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        source, filename, uptodate = super().get_source(environment, template)
        root = Path(self.searchpath[0]).resolve()
        if not Path(filename).resolve().is_relative_to(root):
            raise jinja2.TemplateNotFound(template)
        return source, filename, uptodate


class _LineTokens(Extension):
    """Puts a line token at the end of each template line, so that Markdown lines know where they came from."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        names: list[str] = self.environment.template_names  # type: ignore[attr-defined]
        if stream.name not in names:
            names.append(stream.name or "")
        index = names.index(stream.name or "")
        for token in stream:
            yield _with_line_tokens(token, index, stream) if token.type == "data" else token


def _with_line_tokens(token: Token, index: int, stream: TokenStream) -> Token:
    if RESERVED.search(token.value):
        where = Where(stream.name or "", token.lineno)
        raise ReportError(Problem(where, "template/reserved-character", {"code": "U+E000–U+E004"}))
    first, *rest = token.value.split("\n")
    parts = [first]
    for line, text in enumerate(rest, token.lineno):
        parts += [line_token(index, line), "\n", text]
    return Token(token.lineno, token.type, "".join(parts))


class _Unknown(Exception):
    """A template named something that is not there."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


class _Undefined(jinja2.StrictUndefined):
    """Any use of an unknown name stops the report; the name and its neighbours are kept for the message."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        owner = self._undefined_obj
        known = owner.known() if isinstance(owner, View) else []
        raise _Unknown(str(self._undefined_name), known)

    __str__ = __iter__ = __len__ = __bool__ = __call__ = __eq__ = __ne__ = __hash__ = _fail_with_undefined_error
    __getattr__ = __getitem__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = _fail_with_undefined_error


def _environment(templates: Path, book: Book) -> _Environment:
    environment = _Environment(
        loader=_Loader(templates, encoding="utf-8"),
        undefined=_Undefined,
        extensions=[_LineTokens, "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        # Pandoc's attributes begin with {#, so comments are written {## … ##}.
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # values are tokens, never text: there is nothing to escape
    )
    environment.template_names = []
    kept = {name: environment.filters[name] for name in _KEPT_FILTERS}
    environment.filters.clear()
    environment.filters.update(kept)
    environment.filters.update({name: _bound(function, book) for name, function in _FILTERS.items()})
    environment.globals.clear()
    environment.globals["range"] = range
    return environment


def _bound(function: Callable[..., Any], book: Book) -> Callable[..., Any]:
    return lambda thing, *args, **kwargs: function(book, thing, *args, **kwargs)


# --- rendering --------------------------------------------------------------------------------------------


def _render(environment: _Environment, name: str, templates: Path) -> str:
    try:
        template = environment.get_template(name)
        return _limited(template.generate())
    except ReportError as error:
        raise _relabelled(error, templates, _line(error, templates)) from None
    except jinja2.TemplateSyntaxError as error:
        where = Where(f"{templates.name}/{error.name or name}", error.lineno)
        raise ReportError(Problem(where, "template/syntax", {"detail": error.message or ""})) from None
    except jinja2.TemplateNotFound as error:
        where = _line(error, templates) or Where(f"{templates.name}/{name}")
        known = _template_names(templates)
        args = {"name": error.name, "near": near(str(error.name), known), "known": ", ".join(known)}
        raise ReportError(Problem(where, "template/not-found", args)) from None
    except _Unknown as error:
        raise ReportError(_unknown_name(error, environment, templates)) from None
    except RecursionError as error:
        raise ReportError(_failed(error, templates, name, "it calls itself without end")) from None
    except Exception as error:  # whatever a template does wrong is the author's to read, not a traceback
        raise ReportError(_failed(error, templates, name, str(error) or type(error).__name__)) from None


def _limited(chunks: Iterable[str]) -> str:
    parts, total = [], 0
    for chunk in chunks:
        total += len(chunk)
        if total > MAX_CHARACTERS:
            raise ReportError(Problem(Where(""), "template/too-large", {"limit": f"{MAX_CHARACTERS:,}"}))
        parts.append(chunk)
    return "".join(parts)


def _template_names(templates: Path) -> list[str]:
    return sorted(p.relative_to(templates).as_posix() for p in templates.rglob("*.j2"))


def _line(error: BaseException, templates: Path) -> Where | None:
    """The innermost template line the error passed through (Jinja gives its frames template lines)."""
    root, found = str(templates), None
    trace: TracebackType | None = error.__traceback__
    while trace:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(root) and file.endswith(".j2"):
            label = f"{templates.name}/{Path(file).relative_to(templates).as_posix()}"
            found = Where(label, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _relabelled(error: ReportError, templates: Path, line: Where | None) -> ReportError:
    """Give problems raised inside template functions their template line."""
    def placed(problem: Problem) -> Problem:
        if problem.where.file and not line:
            where = Where(f"{templates.name}/{problem.where.file}", problem.where.line)
        else:
            where = line or problem.where
        return Problem(where, problem.code, problem.args, problem.severity)

    return ReportError(*map(placed, error.problems))


def _unknown_name(error: _Unknown, environment: _Environment, templates: Path) -> Problem:
    known = list(error.known) or sorted(k for k in environment.globals)
    where = _line(error, templates) or Where(templates.name)
    args = {"name": error.name, "near": near(error.name, known), "known": ", ".join(known)}
    return Problem(_at_name(where, error.name, templates), "template/undefined", args)


def _at_name(where: Where, name: str, templates: Path) -> Where:
    """Add the column at which *name* stands in the template line."""
    file = templates.parent / where.file
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    text = lines[where.line - 1] if 0 < where.line <= len(lines) else ""
    column = text.find(name) + 1
    return Where(where.file, where.line, column, column + len(name)) if column else where


def _failed(error: BaseException, templates: Path, name: str, detail: str) -> Problem:
    where = _line(error, templates) or Where(f"{templates.name}/{name}")
    return Problem(where, "template/failed", {"detail": detail})


# --- what a template may call -----------------------------------------------------------------------------


def _functions(book: Book, job: Job, place: Node) -> dict[str, Any]:
    """Every name a template finds: the record lists by kind, and the functions below."""
    report = View(book, job.report, Place(job.report.id, "", place))
    day = PartialDate(job.as_of, job.as_of)
    names: dict[str, Any] = {
        "report": report,
        "lang": book.lang,
        "period": _period_leaf(book, job, place),
        "as_of": Leaf(book, _edition_place(job, place), day, say(day, book.lang)),
        "record": lambda id_: _record(book, id_),
        "chart": lambda kind, rows, **options: _chart(book, kind, rows, options),
        "table": lambda rows, *columns: table_plan.plan_table(book, rows, columns),
        "col": table_plan.Col,
        "refs": lambda *things: book.insert(reference(_flat(things))),
        "say": lambda word: say(word, book.lang),
    }
    for plural in KINDS:
        names[plural] = _chooser(book, job, plural)
    return names


def _edition_place(job: Job, place: Node) -> Place:
    for i, edition in enumerate(job.report.editions):
        if edition.period == job.period:
            return Place(job.report.id, f"editions.{i}", place.at("editions", i))
    return Place(job.report.id, "", place)


def _period_leaf(book: Book, job: Job, place: Node) -> Leaf:
    return Leaf(book, _edition_place(job, place), str(job.period), job.period.label(book.lang))


def _record(book: Book, id_: str) -> View:
    found = book.dataset.records.get(id_)
    if found is None:
        raise _Unknown(id_, sorted(book.dataset.records))
    return view(book, found)


def _chooser(book: Book, job: Job, plural: str) -> Callable[..., list[View]]:
    """`meetings(status="held", theme="office")`: the report's records of one kind for which all is true."""
    programmes = job.report.programmes
    fields = KINDS[plural].model_fields

    def choose(**wanted: Any) -> list[View]:
        for name in wanted:
            if name not in fields:
                raise _Unknown(name, sorted(fields))
        return [
            view(book, record)
            for record in book.dataset.all(plural)
            if _in_report(book, record, programmes) and _fits(record, wanted)
        ]

    return choose


def _in_report(book: Book, record: Record, programmes: Sequence[str]) -> bool:
    return not programmes or book.dataset.programmes[record.id] in programmes


def _fits(record: Record, wanted: Mapping[str, Any]) -> bool:
    for name, value in wanted.items():
        have = getattr(record, name)
        allowed = value if isinstance(value, list | tuple) else (value,)
        plain = [v.id if isinstance(v, View) else v.value if isinstance(v, Leaf) else v for v in allowed]
        if not (set(have) & set(plain) if isinstance(have, tuple) else have in plain):
            return False
    return True


def _chart(book: Book, kind: str, rows: Iterable[Any], options: Mapping[str, Any]) -> str:
    """Ask for a chart; returns the address to put into `![caption](…)`."""
    records = tuple(row.record for row in rows)
    settings = dict(options)
    width = float(settings.pop("width_cm", 15.0))
    plain = tuple(sorted((k, v.text if isinstance(v, Leaf) else v) for k, v in settings.items()))
    book.charts.append(ChartRequest(kind, records, book.lang, plain, width))
    return f"chart:{len(book.charts) - 1}"


def _flat(things: Iterable[Any]) -> list[View]:
    out: list[View] = []
    for thing in things:
        out.extend(thing if isinstance(thing, list) else [thing])
    return out


# --- filters ----------------------------------------------------------------------------------------------


def _join(book: Book, things: Iterable[Any], separator: str | None = None) -> str:
    """Say several things in one sentence; nothing at all reads "not stated"."""
    items = list(things)
    if not items:
        return say_open("", book.lang)
    parts = [str(items[0])]
    for i, item in enumerate(items[1:], 1):
        between = joiner(book.lang, i == len(items) - 1, len(items) == 2) if separator is None else separator
        parts += [between, str(item)]
    return "".join(parts)


def _name(book: Book, thing: View) -> str:
    """The full name with its short name at first mention, afterwards the short name."""
    full, brief = thing.name_text(), thing.brief_text()
    if not book.first_mention(thing.id) or full == brief:
        return str(thing.named(brief))
    both = f"{full}（{brief}）" if book.lang.startswith("zh") else f"{full} ({brief})"
    return str(thing.named(both))


def _brief(book: Book, thing: Any) -> Any:
    """The short name of a record; of several records, each one's."""
    if isinstance(thing, list):
        return [_brief(book, item) for item in thing]
    return thing.named(thing.brief_text()) if isinstance(thing, View) else thing


def _picture(book: Book, thing: View) -> str:
    """The address of a figure record's picture, for `![caption](…)`."""
    file = thing.file
    return f"media:{file.value}" if file else "missing:"


def _each(book: Book, things: Iterable[Any], path: str) -> list[Any]:
    """A field of each record."""
    return [by_path(thing, path) for thing in things]


def _sort_by(book: Book, things: Iterable[Any], path: str) -> list[Any]:
    return sorted(things, key=lambda thing: by_path(thing, path))


_KEPT_FILTERS = ("length", "count", "first", "last", "list", "reverse", "batch", "unique", "selectattr", "rejectattr")
_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "join": _join,
        "name": _name,
        "brief": _brief,
        "short": lambda book, thing: short_date(thing),
        "in_time": lambda book, things: in_time(things),
        "each": _each,
        "sort_by": _sort_by,
        "refs": lambda book, things: book.insert(reference(_flat([things]))),
        "picture": _picture,
        "text": lambda book, thing: leaf.text if (leaf := as_leaf(thing)) else str(thing),
    }
)
