"""`run.py review`: what readers left in returned reports, as a list to work through or as JSON. A part of `cli`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from reports.diagnostics.problems import Lang, Problem, ReportError, Where, problem_as_dict
from reports.model.wording import choice, joiner
from reports.pipeline.read import Folders
from reports.publishing.ledger import Issue
from reports.review import matching as inbox
from reports.review.marks import Form, ReturnedFile
from reports.review.matching import Inbox, Item, Lead
from reports.text_files import path_of

#: (Chinese, English); what stands in {} is put in.
_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "none": ("读者没有留下批注或改动。", "Readers left no comments and no changes."),
        "all": ("共{}条：{}", "{} in all: {}"),
        "revision": ("第{}版", "revision {}"), "draft": ("第{}版草稿", "draft of revision {}"),
        "saved": ("最后保存：{}", "last saved by {}"), "unknown": ("不知是哪份报告", "report not known"),
        "on": ("原文：", "on: "), "says": ("意见：", "says: "), "wordless": ("（没有文字）", "(no words)"),
        "answers": ("答复：", "replies: "), "behind": ("位于“{}”之后", "behind “{}”"), "start": ("位于段首", "at the beginning of a paragraph"),
        "inserted": ("插入：", "inserted: "), "struck": ("删去：", "struck out: "), "was": ("原为：", "was: "),
        "now": ("改为：", "now: "), "gone": ("（原文已不在）", "(no longer there)"), "moved": ("移动：", "moved: "), "to": ("移至：", "to: "),
        "at": ("数据：", "data: "), "near": ("附近：", "near: "), "more": ("另有{}处：{}", "and {} more: {}"),
        "remark": ("审稿意见：", "our remark: "), "nowhere": ("数据：未能对应", "data: no place"),
        "changed": ("生成报告后已改，当时为“{}”", "changed since the report was built, when it said “{}”"),
        "elsewhere": ("生成报告后此记录另有改动：{}", "the record was changed since in other fields: {}"),
        "unfilled": ("{} 未填", "{} is not filled in"),
        "lost": ("此记录已不在数据中", "this record is in the data no more"), "resolved": ("文件中已解决", "resolved in the file"),
        "known": ("已录入", "in the data already"), "empty": ("空", "nothing"), "files": ("见于：", "in: "),
        "no section": ("正文之外", "outside of the text"),
        "written": ("新增 {} 条，{} 条已有", "{} new, {} there already"),
        "how": ("加 --save 录入数据。", "--save puts them into the data."),
    }
)  # fmt: skip
#: What is shown of words that are quoted only to be found again, and of places.
_SHORT = 90
_PLACES = 3


def review(
    paths: Sequence[Path], folders: Folders, lang: Lang, form: str, *, save: bool
) -> tuple[Problem, ...]:
    """Show what is in the files, write it down if asked to; return what is wrong. Raises ReportError."""
    found = inbox.open_inbox(paths, folders.data)
    issues = {file.file: inbox.issues_of(file, folders) for file in found.files}
    if form == "json":
        print(json.dumps(_as_dict(found, issues, lang), ensure_ascii=False, indent=2))
    elif found.files:
        print("\n".join(_lines(found, issues, folders, lang)))
    if not found.files:
        return found.problems
    if not save:
        if form == "text" and any(not item.known for item in found.items):
            print(_word("how", lang), file=sys.stderr)
        return found.problems
    try:
        written, count = inbox.save(found)
    except ReportError as error:
        return (*found.problems, *error.problems)
    if form == "text":
        print("".join(f"{path.as_posix()}\n" for path in written), end="")
    print(_word("written", lang, count, len(found.items) - count), file=sys.stderr)
    return found.problems


def _word(word: str, lang: Lang, *told: object) -> str:
    text = _WORDS[word][0 if lang == "zh" else 1]
    return text.format(*told) if told else text


# --- the list -------------------------------------------------------------------------------------------------


def _lines(
    found: Inbox, issues: Mapping[str, Sequence[Issue]], folders: Folders, lang: Lang
) -> Iterator[str]:
    for file in found.files:
        yield from (file.file, f"  {_head(file, issues[file.file], lang)}")
    counts = Counter(item.mark.form for item in found.items)
    if not found.items:
        yield _word("none", lang)
        return
    kinds = joiner(lang).join(
        f"{choice(form, 'comment', lang)} {n}" for form in get_args(Form) if (n := counts[form])
    )
    yield _word("all", lang, len(found.items), kinds)
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
    parts.append(f"{file.report} {file.period}" if file.report else _word("unknown", lang))
    names = (
        _word("draft" if issue.state == "draft" else "revision", lang, issue.revision) for issue in issues
    )
    parts += dict.fromkeys(names)
    if file.saved_by:
        parts.append(_word("saved", lang, f"{file.saved_by} {file.saved[:10]}".strip()))
    return " · ".join(parts)


def _title(item: Item, lang: Lang) -> str:
    mark = item.mark
    who = " ".join(part for part in (mark.by, mark.date.replace("T", " ")) if part)
    parts = [choice(mark.form, "comment", lang), who, mark.section or _word("no section", lang)]
    parts += [_word("resolved", lang)] if mark.resolved else []
    parts += [f"{_word('known', lang)} {item.id}"] if item.known else []
    return " · ".join(part for part in parts if part)


def _body(item: Item, files: int, lang: Lang) -> Iterator[str]:
    """What was said or changed; the lines of a long comment stand under one another."""
    mark, quoted = item.mark, _short(item.mark.quoted)
    match mark.form:
        case "comment" | "reply":
            if mark.remark:
                yield _word("remark", lang) + mark.remark
            if quoted:
                yield f"{_word('on', lang)}“{quoted}”"
            yield from _said("answers" if mark.form == "reply" else "says", mark.text, lang)
        case "insertion":
            yield _word("behind", lang, quoted) if quoted else _word("start", lang)
            yield from _said("inserted", mark.text, lang)
        case "deletion":
            yield from _said("struck", mark.quoted, lang)
        case "move":
            yield from _said("moved", mark.quoted, lang)
            yield _word("to", lang) + (
                _word("behind", lang, mark.text) if mark.text else _word("start", lang)
            )
        case _:
            yield from _said("was", mark.quoted, lang)
            yield from _said("now", mark.text or _word("gone", lang), lang)
    if files > 1:
        yield _word("files", lang) + joiner(lang).join(Path(file.file).name for file in item.files)


def _said(lead: str, text: str, lang: Lang) -> Iterator[str]:
    first, *others = (text or _word("wordless", lang)).split("\n")
    yield _word(lead, lang) + first
    yield from (f"  {line}" for line in others)


def _leads(item: Item, show: Callable[[str], str], lang: Lang) -> Iterator[str]:
    """Where it leads: each place with its line as it is now, and what became of it."""
    for lead in item.leads[:_PLACES]:
        where = Where(show(lead.where.file), lead.where.line, lead.where.column)
        word = "near" if item.mark.near else "at"
        yield f"{_word(word, lang)}{where} ({lead.fact.record}.{lead.fact.field})"
        if lead.text.strip():
            yield f"    {_short(' '.join(lead.text.split()))}"
        if lead.state != "same":
            yield f"    ! {_state(lead, lang)}"
    rest = item.leads[_PLACES:]
    if rest:
        names = dict.fromkeys(lead.fact.record for lead in rest)
        yield _word("more", lang, len(rest), _short(joiner(lang).join(names)))
    if not item.leads:
        yield _word("nowhere", lang)


def _state(lead: Lead, lang: Lang) -> str:
    if lead.state == "gone":
        return _word("lost", lang)
    if lead.state == "unfilled":
        return _word("unfilled", lang, lead.fact.field)
    if lead.state == "changed":
        return _word("changed", lang, _short(lead.fact.value) or _word("empty", lang))
    return _word("elsewhere", lang, _short(joiner(lang).join(lead.others)))


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
        "file": lead.where.file,
        "line": lead.where.line,
        "column": lead.where.column,
        "text": lead.text or None,
        "state": lead.state,
        "printed": lead.fact.value,
        "others": list(lead.others),
    }
