"""The section of a corrected report that says what was corrected, fact by fact."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.words.corrections import CORRECTIONS
from reports.document.nodes import Blocks, Box, Heading, Listing, Paragraph, Text
from reports.model.dates import parse_day
from reports.model.formatting import say
from reports.model.records import NAMING
from reports.pipeline.showing import Showing
from reports.records.changes import Snapshot
from reports.records.computed import called, computed_differences
from reports.records.differences import Difference, differences

#: The part the section plays, by which letters find it.
ROLE = "corrections"
#: Sentences longer than this are not said twice over: that they were reworded is enough.
_LONG = 60
#: So many corrections are named.
_NAMED = 40
#: Behind all that the report shows.
_END = 10**9


def section(
    then: Snapshot, now: Snapshot, shown: Sequence[Showing], *, lang: str, level: int, revision: int
) -> Blocks:
    """Return the section: what differs of all that is *shown*, in its order, then what is gone. *lang* is zh or en;
    what was worked out *now* stands under it."""
    heading = Heading(level, (Text(CORRECTIONS.say("title", lang)),), numbered=False)
    lines = sentences(then, now, shown, lang)
    said = CORRECTIONS.say("facts" if lines else "none", lang, before=revision - 1)
    said += CORRECTIONS.say("as typed", lang) if then.cutoff is None else ""
    listed = [_listing(lines, lang)] if lines else []
    return (Box(ROLE, (heading, Paragraph((Text(said),)), *listed)),)


def sentences(then: Snapshot, now: Snapshot, shown: Sequence[Showing], lang: str) -> list[str]:
    """Say what differs of all that is *shown*, in zh or en; nothing where no fact does."""
    return [*_as_of(then, now, lang), *_lines(_in_order(then, now, shown, lang), lang)]


def as_said_in(edition: str, told: Snapshot, lang: str) -> Snapshot:
    """What is known, with what was worked out as the *edition* in one language shows it, to be said in *lang*."""
    worked_out = told.computed.get(edition)
    return replace(told, computed={} if worked_out is None else {lang: worked_out})


def _as_of(then: Snapshot, now: Snapshot, lang: str) -> Iterator[str]:
    """That the report is as of another day."""
    if then.cutoff and now.cutoff and then.cutoff.as_of != now.cutoff.as_of:
        before, after = (
            say(parse_day(day.isoformat()), lang) for day in (then.cutoff.as_of, now.cutoff.as_of)
        )
        yield CORRECTIONS.say("as of", lang, before=before, after=after)


class _Places(Struct, frozen=True):
    """Where what is shown stands in the report: fields by record and key, what is worked out by its rule and record,
    and records by what is first shown of them. *drawn* are those a chart draws; *unseen* the other records there are."""

    fields: Mapping[tuple[str, str], int]
    rules: Mapping[tuple[str, str, str], int]
    records: Mapping[str, int]
    drawn: Collection[str]
    unseen: Collection[str]


def _in_order(then: Snapshot, now: Snapshot, shown: Sequence[Showing], lang: str) -> list[Difference]:
    places = _places(shown, now, lang)
    facts = (one for one in differences(then.facts, now.facts, lang) if _is_shown(one, places))
    found = sorted((*facts, *computed_differences(then, now, lang)), key=lambda one: _place(one, places))
    once = {(one.id, one.leaf or one.field, one.what, one.before, one.after): one for one in reversed(found)}
    return list(reversed(once.values()))


def _places(shown: Sequence[Showing], now: Snapshot, lang: str) -> _Places:
    fields: dict[tuple[str, str], int] = {}
    rules: dict[tuple[str, str, str], int] = {}
    records: dict[str, int] = {}
    worked_out = iter(now.computed.get(lang, ()))
    for n, one in enumerate(shown):
        if one.source is None:
            records.setdefault(one.drawn, n)
            continue
        if one.source.rule and (value := next(worked_out, None)):
            rules.setdefault((value.record, called(value, lang), value.shown), n)
        for origin in one.source.origins():
            fields.setdefault((origin.record, origin.field.partition(".")[0]), n)
            records.setdefault(origin.record, n)
    drawn = {one.drawn for one in shown if one.drawn}
    return _Places(fields, rules, records, drawn, now.facts.keys() - records.keys())


def _is_shown(one: Difference, places: _Places) -> bool:
    """A link is shown by the name of the record it leads to, and may be typed as that name; a chart shows figures,
    days and states, and what it draws by name. Of a record that is gone nobody can say."""
    if not one.field:
        return one.what == "removed" or one.id in places.records
    drawn = one.id in places.drawn and (not one.wordy or one.key in NAMING)
    linked = one.id in places.records and any(t not in places.unseen for t in one.targets)
    return (one.id, one.key) in places.fields or drawn or linked


def _place(one: Difference, places: _Places) -> int:
    """Where a difference is read; at the end what is no longer there."""
    if one.computed:
        return places.rules.get((one.id, one.field, one.after), _END)
    return places.fields.get((one.id, one.key), places.records.get(one.id, _END))


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
    if not one.record:
        return f"computed {one.what}"
    return "reworded" if one.what == "changed" and max(len(one.before), len(one.after)) > _LONG else one.what


def _quoted(value: str, *, wordy: bool) -> str:
    """Words stand in quotation marks: without, nobody sees where they end."""
    return f"“{value}”" if wordy and value else value
