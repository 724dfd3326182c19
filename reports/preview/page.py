"""The pages of the preview: a bar, the problems, the report. All letters of data and of problems are escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from types import MappingProxyType
from urllib.parse import quote

from msgspec import Struct

from reports.diagnostics.problems import Lang, Problem, errors
from reports.diagnostics.words.pages import PREVIEW
from reports.model.formatting import TAGS, term
from reports.model.report_definitions import Job
from reports.pipeline.read import Folders, sources_of
from reports.preview.state import Asked, Sight
from reports.text_files import path_of, source_line

_NOTHING = Sight("")

#: What languages call themselves.
_NAMES = MappingProxyType({"zh": "简体中文", "zh-Hant": "繁體中文", "en": "English"})

#: So many problems are shown; whoever has more begins with these.
_SHOWN = 60


class Frame(Struct, frozen=True):
    """What all pages share: the language of the person, the folders, links to pages of others."""

    lang: Lang
    folders: Folders
    extra: tuple[Extra, ...] = ()

    def say(self, word: str, **args: object) -> str:
        """Return a word of the pages, escaped."""
        return escape(PREVIEW.say(word, self.lang, **args))


class Extra(Struct, frozen=True):
    """A page beside the reports, at `/page/NAME`: *title* by language, *make* its HTML when it is asked for."""

    name: str
    title: Mapping[Lang, str]
    make: Callable[[Folders, Lang], str]


def address(asked: Asked) -> str:
    """Return the path of a report's page."""
    return "/report/" + "/".join(
        quote(part, safe="") for part in (asked.report, str(asked.period), asked.lang)
    )


# --- pages ------------------------------------------------------------------------------------------------


def report_page(frame: Frame, asked: Asked, sight: Sight, languages: Sequence[str]) -> str:
    """Return the page of one report."""
    others = "".join(_language(asked, lang) for lang in languages)
    bar = f'<span class="name">{escape(sight.title)}</span><span class="period">{escape(str(asked.period))}</span>{others}'
    body = f"<div data-live>{sight.body}</div>"
    return _whole(frame, sight.title, body, sight=sight, bar=bar, tag=TAGS[asked.lang])


def _language(asked: Asked, lang: str) -> str:
    name, here = _NAMES[lang], ' aria-current="page"' if lang == asked.lang else ""
    return f'<a class="lang" href="{address(Asked(asked.report, asked.period, lang))}"{here}>{name}</a>'


def index_page(frame: Frame, sight: Sight, jobs: Iterable[Job]) -> str:
    """Return the list of reports, periods and languages."""
    cards = "".join(_card(frame, tuple(of_one)) for _, of_one in groupby(jobs, lambda job: job.report.id))
    body = f'<main class="index" data-live>{cards or frame.say("empty")}</main>'
    return _whole(frame, PREVIEW.say("reports", frame.lang), body, sight=sight)


def _card(frame: Frame, jobs: tuple[Job, ...]) -> str:
    report = jobs[0].report
    rows = "".join(f"<tr><td>{_edition(frame, job)}</td><td>{_links(job)}</td></tr>" for job in jobs)
    return (
        f"<section><h2>{escape(report.title.get(frame.lang))}</h2><p>{escape(report.id)} · "
        f"{escape(term(report.period, frame.lang))}</p><table>{rows}</table></section>"
    )


def _edition(frame: Frame, job: Job) -> str:
    return f"{escape(str(job.period))} <small>{frame.say('as_of', day=job.as_of)}</small>"


def _links(job: Job) -> str:
    asked = (Asked(job.report.id, job.period, lang) for lang in job.report.languages)
    return " ".join(f'<a href="{address(one)}">{_NAMES[one.lang]}</a>' for one in asked)


def extra_page(frame: Frame, extra: Extra, version: str) -> str:
    """Return a page of others; *extra* answers for its HTML."""
    body = f'<main class="extra" data-live>{extra.make(frame.folders, frame.lang)}</main>'
    return _whole(frame, extra.title[frame.lang], body, sight=Sight(version))


def lost_page(frame: Frame) -> str:
    """Return what is shown for an address without a page."""
    body = f'<main class="index" data-live><h1>{frame.say("lost")}</h1></main>'
    return _whole(frame, PREVIEW.say("lost", frame.lang), body)


def _whole(
    frame: Frame, title: str, body: str, *, sight: Sight = _NOTHING, bar: str = "", tag: str = ""
) -> str:
    """The page around *body*: what is wrong stands under the bar and stays in sight."""
    ui = TAGS[frame.lang]
    links = "".join(f'<a href="/page/{quote(e.name)}">{escape(e.title[frame.lang])}</a>' for e in frame.extra)
    return (
        f'<!DOCTYPE html>\n<html lang="{tag or ui}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} – {frame.say('preview')}</title>\n"
        '<link rel="icon" href="data:,">\n<link rel="stylesheet" href="/static/report.css">\n'
        '<link rel="stylesheet" href="/static/preview.css">\n<script src="/static/preview.js" defer></script>\n'
        f'</head>\n<body data-version="{sight.version}">\n<div class="top" lang="{ui}"><header class="bar">'
        f'<a href="/">{frame.say("reports")}</a>{links}{bar}'
        f'<button type="button" hidden><b></b> {frame.say("changed")}</button>'
        f'<span class="away" role="status" hidden>{frame.say("away")}</span></header>'
        f"{_problems(frame, sight)}</div>\n{body}\n</body>\n</html>\n"
    )


# --- problems ---------------------------------------------------------------------------------------------


def _problems(frame: Frame, sight: Sight) -> str:
    """What is wrong, in full; what is odd, folded away below it."""
    wrong = errors(sight.problems)
    odd = tuple(p for p in sight.problems if p.severity == "warning")
    parts = [_wrong(frame, sight, wrong) if wrong or sight.fault else "", _odd(frame, odd) if odd else ""]
    return f'<div data-live class="told">{"".join(parts)}</div>'


def _wrong(frame: Frame, sight: Sight, wrong: Sequence[Problem]) -> str:
    count = f"{len(wrong)}{frame.say('error' if len(wrong) == 1 else 'errors')}"
    said = frame.say("fault") + escape(sight.fault) if sight.fault else count
    after = frame.say("stale" if sight.stale else "none")
    return (
        f'<section class="problems" role="alert" tabindex="0"><h2>{said}<small>{after}</small></h2>'
        f"<ol>{''.join(_items(frame, wrong))}</ol></section>"
    )


def _odd(frame: Frame, odd: Sequence[Problem]) -> str:
    count = f"{len(odd)}{frame.say('warning' if len(odd) == 1 else 'warnings')}"
    return f'<details class="odd"><summary>{count}</summary><ol>{"".join(_items(frame, odd))}</ol></details>'


def _items(frame: Frame, problems: Sequence[Problem]) -> Iterator[str]:
    for problem in problems[:_SHOWN]:
        yield _item(frame, problem)
    if len(problems) > _SHOWN:
        yield f"<li>{frame.say('more', n=len(problems) - _SHOWN)}</li>"


def _item(frame: Frame, problem: Problem) -> str:
    where, hint = problem.where, problem.hint(frame.lang)
    roots = sources_of(frame.folders)
    path = path_of(roots, where.file)
    place = ":".join([path, *(str(n) for n in (where.line, where.column) if n)])
    advice = f'<p class="hint">{frame.say("hint")}{escape(hint)}</p>' if hint else ""
    return (
        f'<li><code class="place">{escape(place)}</code> <b>{escape(problem.message(frame.lang))}</b>'
        f"{_excerpt(source_line(roots, where), where.column, where.end)}{advice}</li>"
    )


def _excerpt(line: str, column: int, end: int) -> str:
    """The line itself, the guilty text in it marked."""
    if not line.strip():
        return ""
    if not column:
        return f"<pre>{_letters(line)}</pre>"
    start = column - 1
    stop = max(end - 1, start + 1)
    before, guilty, behind = line[:start], line[start:stop] or " ", line[stop:]
    return f"<pre>{_letters(before)}<mark>{_letters(guilty)}</mark>{_letters(behind)}</pre>"


def _letters(text: str) -> str:
    """*text* with a sign for what cannot be seen and for what turns the direction of writing."""
    return escape("".join(c if c.isprintable() or c == "\t" else "\N{WHITE SQUARE}" for c in text))
