"""`run.py review`: what readers left in returned reports, as a list to work through or as JSON."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import get_args

from reports.cli import memory, output
from reports.cli.options import add_data, add_language
from reports.cli.words import say
from reports.diagnostics.problems import Lang, Problem, ReportError, Where, errors, problem_as_dict
from reports.model.formatting import choice, joiner
from reports.pipeline.read import Folders
from reports.publishing.issue import Issue
from reports.records.data_lock import writing
from reports.review import matching
from reports.review.marks import Form, ReturnedFile
from reports.review.matching import Inbox, Item, Lead
from reports.text_files import path_of

#: What is shown of words that are quoted only to be found again, and of places.
_SHORT = 90
_PLACES = 3


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Which files, how to show what is in them, and whether to keep it."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.docx", help=say("review.files", lang))
    parser.add_argument("--save", action="store_true", help=say("review.save", lang))
    parser.add_argument("--format", choices=("text", "json"), default="text", help=say("review.format", lang))
    add_language(parser, say("review.lang", lang))
    add_data(parser, lang)
    parser.add_argument("--output", type=Path, default=Path("output"), help=say("review.output", lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    """Show what is in the files, and write it down if asked to."""
    folders = Folders(options.data, Path("templates"), options.output)
    memory.tell_of_gaps(folders, options)
    with writing(options.data, "review --save", output.tell(options), dry=not options.save):
        found = _review(options.files, folders, lang, options.format, save=options.save)
    if found and options.format == "text":
        output.show(found, options)
    return 1 if errors(found) else 0


def _review(
    paths: Sequence[Path], folders: Folders, lang: Lang, form: str, *, save: bool
) -> tuple[Problem, ...]:
    """Show the list and keep what is new; return what is wrong. Raises ReportError."""
    found = matching.open_inbox(paths, folders.data)
    issues = {file.file: matching.issues_of(file, folders) for file in found.files}
    if form == "json":
        output.print_json(_as_dict(found, issues, lang))
    elif found.files:
        print("\n".join(_lines(found, issues, folders, lang)))
    if not found.files:
        return found.problems
    if not save:
        if form == "text" and any(not item.known for item in found.items):
            print(say("review.how", lang), file=sys.stderr)
        return found.problems
    try:
        written, count = matching.save(found)
    except ReportError as error:
        return (*found.problems, *error.problems)
    if form == "text":
        print("".join(f"{path.as_posix()}\n" for path in written), end="")
    print(say("added", lang, new=count, known=len(found.items) - count), file=sys.stderr)
    return found.problems


# --- the list -------------------------------------------------------------------------------------------------


def _lines(
    found: Inbox, issues: Mapping[str, Sequence[Issue]], folders: Folders, lang: Lang
) -> Iterator[str]:
    for file in found.files:
        yield from (file.file, f"  {_head(file, issues[file.file], lang)}")
    counts = Counter(item.mark.form for item in found.items)
    if not found.items:
        yield say("review.none", lang)
        return
    kinds = joiner(lang).join(
        f"{choice(form, 'comment', lang)} {n}" for form in get_args(Form) if (n := counts[form])
    )
    yield say("review.all", lang, count=len(found.items), kinds=kinds)
    show = partial(path_of, {folders.data.name: folders.data})
    for n, item in enumerate(found.items, 1):
        yield ""
        yield f"{n}. {_title(item, lang)}"
        for line in _body(item, len(found.files), lang):
            yield f"   {line}"
        for lead in _leads(item, show, lang):
            yield f"   {lead}"


def _head(file: ReturnedFile, issues: Sequence[Issue], lang: Lang) -> str:
    """Which report, which period, which revision, who saved it."""
    parts = [file.title] if file.title else []
    parts.append(f"{file.report} {file.period}" if file.report else say("review.unknown", lang))
    names = (
        say(f"review.{'draft' if issue.state == 'draft' else 'revision'}", lang, n=issue.revision)
        for issue in issues
    )
    parts += dict.fromkeys(names)
    if file.saved_by:
        parts.append(say("review.saved", lang, who=f"{file.saved_by} {file.saved[:10]}".strip()))
    return " · ".join(parts)


def _title(item: Item, lang: Lang) -> str:
    mark = item.mark
    who = " ".join(part for part in (mark.by, mark.date.replace("T", " ")) if part)
    parts = [choice(mark.form, "comment", lang), who, mark.section or say("review.no section", lang)]
    parts += [say("review.resolved", lang)] if mark.resolved else []
    parts += [f"{say('review.known', lang)} {item.id}"] if item.known else []
    return " · ".join(part for part in parts if part)


def _body(item: Item, files: int, lang: Lang) -> Iterator[str]:
    """What was said or changed; the lines of a long comment stand under one another."""
    mark, quoted = item.mark, _short(item.mark.quoted)
    match mark.form:
        case "comment" | "reply":
            if mark.remark:
                yield say("review.remark", lang) + mark.remark
            if quoted:
                yield f"{say('review.on', lang)}“{quoted}”"
            yield from _said("answers" if mark.form == "reply" else "says", mark.text, lang)
        case "insertion":
            yield say("review.behind", lang, words=quoted) if quoted else say("review.start", lang)
            yield from _said("inserted", mark.text, lang)
        case "deletion":
            yield from _said("struck", mark.quoted, lang)
        case "move":
            yield from _said("moved", mark.quoted, lang)
            yield say("review.to", lang) + (
                say("review.behind", lang, words=mark.text) if mark.text else say("review.start", lang)
            )
        case _:
            yield from _said("was", mark.quoted, lang)
            yield from _said("now", mark.text or say("review.gone", lang), lang)
    if files > 1:
        yield say("review.seen in", lang) + joiner(lang).join(Path(file.file).name for file in item.files)


def _said(lead: str, text: str, lang: Lang) -> Iterator[str]:
    first, *others = (text or say("review.wordless", lang)).split("\n")
    yield say(f"review.{lead}", lang) + first
    yield from (f"  {line}" for line in others)


def _leads(item: Item, show: Callable[[str], str], lang: Lang) -> Iterator[str]:
    """Where it leads: each place with its line as it is now, and what became of it."""
    for lead in item.leads[:_PLACES]:
        where = Where(show(lead.where.file), lead.where.line, lead.where.column)
        word = "near" if item.mark.near else "at"
        place = f"{where} ({lead.fact.name})" if where.file else lead.fact.name
        yield f"{say(f'review.{word}', lang)}{place}"
        if lead.text.strip():
            yield f"    {_short(' '.join(lead.text.split()))}"
        if lead.state != "same":
            yield f"    ! {_state(lead, lang)}"
    rest = item.leads[_PLACES:]
    if rest:
        names = dict.fromkeys(lead.fact.record for lead in rest)
        yield say("review.more", lang, count=len(rest), names=_short(joiner(lang).join(names)))
    if not item.leads:
        yield say("review.nowhere", lang)


def _state(lead: Lead, lang: Lang) -> str:
    if lead.state == "gone":
        return say("review.lost", lang)
    if lead.state == "unfilled":
        return say("review.unfilled", lang, field=lead.fact.field)
    if lead.state == "changed":
        return say("review.changed", lang, words=_short(lead.fact.value) or say("review.empty", lang))
    return say("review.elsewhere", lang, names=_short(joiner(lang).join(lead.others)))


def _short(text: str) -> str:
    """*text* in one line, its middle left out where it is long: a place is known by how it begins and ends."""
    line = " ".join(text.split())
    half = _SHORT // 2
    return line if len(line) <= _SHORT else f"{line[:half].rstrip()} … {line[-half:].lstrip()}"


# --- JSON -----------------------------------------------------------------------------------------------------


def _as_dict(found: Inbox, issues: Mapping[str, Sequence[Issue]], lang: Lang) -> dict[str, object]:
    """Everything as plain values."""
    return {
        "files": [_file_as_dict(file, issues[file.file]) for file in found.files],
        "entries": [_item_as_dict(item) for item in found.items],
        "problems": [problem_as_dict(problem, lang) for problem in found.problems],
    }


def _file_as_dict(file: ReturnedFile, issues: Sequence[Issue]) -> dict[str, object]:
    return {
        "file": file.file,
        "report": file.report or None,
        "period": file.period or None,
        "title": file.title or None,
        "saved_by": file.saved_by or None,
        "saved": file.saved or None,
        "places": file.places,
        "issues": [{"revision": issue.revision, "state": issue.state} for issue in issues],
    }


def _item_as_dict(item: Item) -> dict[str, object]:
    mark = item.mark
    return {
        "id": item.id,
        "form": mark.form,
        "by": mark.by or None,
        "date": mark.date or None,
        "section": mark.section or None,
        "quoted": mark.quoted or None,
        "text": mark.text or None,
        "resolved": mark.resolved,
        "thread": item.thread or None,
        "remark": mark.remark or None,
        "in_data": item.known,
        "files": [file.file for file in item.files],
        "near": mark.near,
        "places": [_lead_as_dict(lead) for lead in item.leads],
    }


def _lead_as_dict(lead: Lead) -> dict[str, object]:
    return {
        "record": lead.fact.record,
        "field": lead.fact.field,
        "on": lead.fact.on or None,
        "file": lead.where.file or None,
        "line": lead.where.line or None,
        "column": lead.where.column or None,
        "text": lead.text or None,
        "state": lead.state,
        "printed": lead.fact.value,
        "others": list(lead.others),
    }
