"""The section of a corrected report that says what was corrected, fact by fact."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reports.diagnostics.words.corrections import CORRECTIONS
from reports.document.nodes import Blocks, Box, Heading, Listing, Paragraph, Text
from reports.records.changes import Facts
from reports.records.differences import Difference, differences

#: The part the section plays, by which letters find it.
ROLE = "corrections"
#: Sentences longer than this are not said twice over: that they were reworded is enough.
_LONG = 60
#: So many corrections are named.
_NAMED = 40


#: What a report shows: a record, and a field of it without its language.
Shown = Collection[tuple[str, str]]


def section(
    then: Facts, now: Facts, shown: Shown, *, lang: str, level: int, revision: int, typed: bool = False
) -> Blocks:
    """Return the section: what differs of the facts *shown*, and records that are gone. *lang* is zh or en; *typed*:
    the facts of then are all that was typed, whether it was so yet or not."""
    fields = {(record, field.partition(".")[0]) for record, field in shown}
    records = {record for record, _ in shown}
    unseen = now.keys() - records
    found = [d for d in differences(then, now, lang) if _is_shown(d, fields, records, unseen)]
    heading = Heading(level, (Text(CORRECTIONS.say("title", lang)),), numbered=False)
    said = CORRECTIONS.say("facts" if found else "none", lang, before=revision - 1)
    said += CORRECTIONS.say("as typed", lang) if typed else ""
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
    for one in found[:_NAMED]:
        values = {name: _quoted(getattr(one, name), wordy=one.wordy) for name in ("before", "after")}
        yield CORRECTIONS.say(_case(one), lang, record=one.record, field=one.field, **values)
    if len(found) > _NAMED:
        yield CORRECTIONS.say("more", lang, count=len(found) - _NAMED)


def _case(one: Difference) -> str:
    if not one.field:
        return f"record {one.what}"
    return "reworded" if one.what == "changed" and max(len(one.before), len(one.after)) > _LONG else one.what


def _quoted(value: str, *, wordy: bool) -> str:
    """Words stand in quotation marks: without, nobody sees where they end."""
    return f"“{value}”" if wordy and value else value
