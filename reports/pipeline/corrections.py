"""The section of a corrected report that says what was corrected, fact by fact.

A part of `pipeline`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reports.document.nodes import Blocks, Box, Heading, Listing, Paragraph, Text
from reports.records.changes import Facts
from reports.records.differences import Difference, differences

#: The part the section plays, by which letters find it.
ROLE = "corrections"
#: Sentences longer than this are not said twice over: that they were reworded is enough.
_LONG = 60
#: So many corrections are named.
_NAMED = 40

_WORDS = {
    "zh": {
        "title": "更正说明",
        "facts": "与第{before}版相比，本版更正如下：",
        "none": "与第{before}版相比，所载事实没有变化，改动的是文字或版式。",
        "more": "另有{count}处。",
        "record added": "新增“{record}”",
        "record removed": "删去“{record}”",
        "added": "{record}：补充{field}{after}",
        "removed": "{record}：删去{field}{before}",
        "changed": "{record}：{field}由{before}改为{after}",
        "reworded": "{record}：{field}改写",
    },
    "en": {
        "title": "Corrections",
        "facts": "Since revision {before}, the following was corrected:",
        "none": "No fact differs from revision {before}; wording or layout was changed.",
        "more": "and {count} more",
        "record added": "“{record}” was added",
        "record removed": "“{record}” was taken out",
        "added": "{record}: {field} added, {after}",
        "removed": "{record}: {field} taken out, {before}",
        "changed": "{record}: {field} changed from {before} to {after}",
        "reworded": "{record}: {field} reworded",
    },
}


#: What a report shows: a record, and a field of it without its language.
Shown = Collection[tuple[str, str]]


def section(then: Facts, now: Facts, shown: Shown, *, lang: str, level: int, revision: int) -> Blocks:
    """Return the section: what differs of the facts *shown*, and records that are gone. *lang* is zh or en."""
    fields = {(record, field.partition(".")[0]) for record, field in shown}
    records = {record for record, _ in shown}
    unseen = now.keys() - records
    found = [d for d in differences(then, now, lang) if _is_shown(d, fields, records, unseen)]
    words = _WORDS[lang]
    heading = Heading(level, (Text(words["title"]),), numbered=False)
    said = words["facts" if found else "none"].format(before=revision - 1)
    lines = list(_lines(found, lang))
    listed = [_listing(lines, lang)] if lines else []
    return (Box(ROLE, (heading, Paragraph((Text(said),)), *listed)),)


def _is_shown(one: Difference, fields: Shown, records: Collection[str], unseen: Collection[str]) -> bool:
    """A link is shown by the name of the record it leads to, and may be typed as that name; of a record that is gone
    nobody can say."""
    if one.field:
        return (one.id, one.key) in fields or (
            one.id in records and any(t not in unseen for t in one.targets)
        )
    return one.what == "removed" or one.id in records


def _listing(lines: list[str], lang: str) -> Listing:
    """One item a correction; in Chinese the items are clauses of one sentence."""
    ends = ["；"] * (len(lines) - 1) + ["。"] if lang == "zh" else [""] * len(lines)
    items = (f"{line.rstrip('。')}{end}" for line, end in zip(lines, ends, strict=True))
    return Listing(ordered=False, items=tuple((Paragraph((Text(item),)),) for item in items))


def _lines(found: list[Difference], lang: str) -> Iterator[str]:
    words = _WORDS[lang]
    for one in found[:_NAMED]:
        values = {name: _quoted(getattr(one, name), wordy=one.wordy) for name in ("before", "after")}
        yield words[_case(one)].format(record=one.record, field=one.field, **values)
    if len(found) > _NAMED:
        yield words["more"].format(count=len(found) - _NAMED)


def _case(one: Difference) -> str:
    if not one.field:
        return f"record {one.what}"
    return "reworded" if one.what == "changed" and max(len(one.before), len(one.after)) > _LONG else one.what


def _quoted(value: str, *, wordy: bool) -> str:
    """Words stand in quotation marks: without, nobody sees where they end."""
    return f"“{value}”" if wordy and value else value
