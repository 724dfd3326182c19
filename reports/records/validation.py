"""Located trees to a Dataset and report definitions: what each field means, and every problem with its place.

A record that fails is left out, but its id stays known: links to it are right, and say nothing wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from reports.diagnostics.problems import Problem, Where, near
from reports.files import is_device
from reports.model.cutoff import LATEST
from reports.model.delivery_settings import NAMES as DELIVERY
from reports.model.delivery_settings import Delivery
from reports.model.kinds import KINDS
from reports.model.records import Dataset, Node, Part, Record, fields
from reports.model.report_definitions import FORMAT, Edited, ReportDefinition
from reports.model.values import LANGUAGES
from reports.records.checks import CHECKS, CHECKS_OF_ALL, CHECKS_OF_ONE, overdue
from reports.records.converter import Misread, MisreadError, read
from reports.records.ids import slug
from reports.records.links import LeftOut, misses, settled
from reports.records.readings.chronology import out_of_order
from reports.records.readings.edition_checks import wrong_editions
from reports.records.readings.entry_checks import wrong_between, wrong_entries
from reports.records.readings.reading import at
from reports.records.text.source_file import Plain, SourceFile, typed_ids

__all__ = ["breaches", "is_delivery", "overdue", "read_delivery", "read_reports", "validate"]

P = TypeVar("P", bound=Part)


def validate(files: Iterable[SourceFile]) -> tuple[Dataset, tuple[Problem, ...]]:
    """Return the records of all data files but reports.yaml and delivery.yaml, and all that is wrong with them."""
    found = _Found()
    for file in files:
        if not _is_report_list(file) and not is_delivery(file):
            _read_file(file, found)
    dataset = Dataset.of(found.records, found.nodes, found.programmes)
    dataset, wrong_links = settled(
        dataset, misses(dataset, found.left_out, found.places.keys() | found.unread)
    )
    problems = [*found.problems, *wrong_links]
    whole = not found.problems and not found.unread
    latest = at(dataset, LATEST)
    problems += wrong_entries(dataset)
    problems += out_of_order(dataset)
    for check in (*CHECKS, *(CHECKS_OF_ALL if whole else ())):
        problems += check(latest)
    told = {(problem.where, problem.code) for problem in problems}
    between = wrong_between(dataset, latest, CHECKS_OF_ONE)
    return dataset, (*problems, *(one for one in between if (one.where, one.code) not in told))


def breaches(dataset: Dataset) -> Iterator[Problem]:
    """Tell what the records must not say together, as of the day *dataset* is of."""
    for check in (*CHECKS, *CHECKS_OF_ALL):
        yield from check(dataset)


def read_reports(files: Iterable[SourceFile]) -> tuple[Edited, tuple[Problem, ...]]:
    """Return the report definitions that data/reports.yaml lists under `reports:`, and all that is wrong with it.

    `format:` above the list says how the data are written.
    """
    files = tuple(files)
    programmes = sorted({file.programme for file in files} - {""})
    reports: dict[str, ReportDefinition] = {}
    nodes: dict[str, Node] = {}
    problems: list[Problem] = []
    format_ = 1
    for whole in filter(_is_report_list, files):
        file, typed = _without_format(whole)
        format_ = _format(typed, file.node.at("format"), problems) or format_
        for key, plain, node in _entries(file, ("reports",), problems):
            report = _part(ReportDefinition, plain, node, problems) if key == "reports" else None
            named = plain.get("programmes") if isinstance(plain, dict) else None
            problems += _unknown_programmes(named if isinstance(named, list) else (), node, programmes)
            if report is None:
                continue
            if report.id in nodes:
                problems.append(_duplicate(report.id, node, nodes[report.id]))
                continue
            reports[report.id], nodes[report.id] = report, node
            problems += _wrong_report(report, node)
    return Edited(reports, nodes, format_), tuple(problems)


def _without_format(file: SourceFile) -> tuple[SourceFile, Plain]:
    """The list of reports without the number that stands above it, and that number as typed."""
    if not isinstance(file.plain, dict) or "format" not in file.plain:
        return file, None
    listed = {key: value for key, value in file.plain.items() if key != "format"}
    return replace(file, plain=listed), file.plain["format"]


def _format(typed: Plain, node: Node, problems: list[Problem]) -> int:
    """The format that is named, 0 where none is."""
    if typed is None:
        return 0
    number = int(typed) if isinstance(typed, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", typed) else 0
    if not 1 <= number <= FORMAT:
        code = "data/format-newer" if number else "data/format"
        problems.append(Problem(node.where, code, {"value": number or _shown(typed), "known": FORMAT}))
    return number


def read_delivery(files: Iterable[SourceFile]) -> tuple[Delivery, tuple[Problem, ...]]:
    """Return what the first of *files* says, which is to be the only one, nothing switched on where there is none; and
    all that is wrong with it."""
    problems: list[Problem] = []
    read = Delivery()
    for n, file in enumerate(files):
        if n:
            problems.append(Problem(Where(file.label), "delivery/twice"))
        elif file.plain is not None:
            read = _part(Delivery, file.plain, file.node, problems) or read
            if read.on and not read.mail and not read.folder:
                problems.append(Problem(file.node.at("on").where, "delivery/nowhere"))
    return read, tuple(problems)


def is_delivery(file: SourceFile) -> bool:
    """Whether a file among the data holds the settings of delivery."""
    return file.label.partition("/")[2] in DELIVERY


def _is_report_list(file: SourceFile) -> bool:
    return file.label.split("/")[1:] in (["reports.yaml"], ["reports.yml"])


def _wrong_report(report: ReportDefinition, node: Node) -> Iterator[Problem]:
    for name in ("id", "template"):
        if is_device(getattr(report, name)):
            yield Problem(node.at(name).where, "data/device-name", {"value": getattr(report, name)})
    for i, edition in enumerate(report.editions):
        if edition.period.kind != report.period:
            args = {"value": str(edition.period), "kind": report.period}
            yield Problem(node.at("editions", i, "period").where, "job/period-kind", args)
    yield from wrong_editions(report, node)
    yield from _wrong_schedule(report, node)
    for i, fresh in enumerate(report.freshness):
        if fresh.kind not in KINDS:
            yield _unknown_kind(fresh.kind, node.at("freshness", i, "kind"), tuple(KINDS))


def _unknown_programmes(named: Iterable[Plain], node: Node, programmes: list[str]) -> Iterator[Problem]:
    for i, name in enumerate(named):
        if isinstance(name, str) and name not in programmes:
            args = {"programme": name, "known": ", ".join(programmes), "near": near(name, programmes)}
            yield Problem(node.at("programmes", i).where, "data/unknown-programme", args)


def _wrong_schedule(report: ReportDefinition, node: Node) -> Iterator[Problem]:
    """A schedule fits the report's periods; nobody is named twice for the same."""
    if report.schedule and report.period == "range":
        yield Problem(node.at("schedule").where, "schedule/range", {})
    elif report.schedule and report.schedule.since.kind != report.period:
        args: _Args = {"value": str(report.schedule.since), "kind": report.period}
        yield Problem(node.at("schedule", "since").where, "job/period-kind", args)
    elif report.schedule and not 1970 <= report.schedule.since.start.year <= 2999:
        yield Problem(
            node.at("schedule", "since").where, "schedule/since", {"value": str(report.schedule.since)}
        )
    for role in fields(type(report.recipients)):
        seen: set[str] = set()
        for i, recipient in enumerate(getattr(report.recipients, role)):
            if recipient.address.casefold() in seen:
                place = node.at("recipients", role, i, "address").where
                yield Problem(place, "schedule/address-twice", {"value": recipient.address})
            seen.add(recipient.address.casefold())


# --- records --------------------------------------------------------------------------------------------------


class _Found(Struct):
    """What the files gave so far. *places*: every id that was read, with where; *unread*: ids of records that
    could not be read at all; *left_out*: records with mistakes, whose links are looked at all the same."""

    records: dict[str, Record] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    programmes: dict[str, str] = field(default_factory=dict)
    places: dict[str, Node] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def _read_file(file: SourceFile, found: _Found) -> None:
    if file.plain is None:
        found.unread |= typed_ids(file.text)
        return
    for plural, plain, node in _entries(file, KINDS, found.problems):
        record_id = plain.get("id") if isinstance(plain, dict) else None
        if plural not in KINDS:
            found.unread |= {record_id} if isinstance(record_id, str) else set()
            continue
        record = _part(KINDS[plural], plain, node, found.problems)
        if record is None and isinstance(plain, dict):
            found.left_out.append(LeftOut(KINDS[plural], plain, node))
        if not isinstance(record_id, str):
            continue
        if record is None:  # what links to `Wang Yifang` as wang-yifang is right
            found.unread.add(slug(record_id))
        first = found.places.setdefault(record_id, node)
        if first is not node:
            found.problems.append(_duplicate(record_id, node, first))
        elif record is not None:
            found.records[record_id], found.nodes[record_id] = record, node
            found.programmes[record_id] = file.programme


def _entries(
    file: SourceFile, keys: Iterable[str], problems: list[Problem]
) -> Iterator[tuple[str, Plain, Node]]:
    """Yield what is listed under each key of the file; of a key that is none of *keys* too, for its ids."""
    known = tuple(keys)
    if not isinstance(file.plain, dict):
        if file.plain is not None:
            code = "data/no-kind" if isinstance(file.plain, list) else "data/no-records"
            problems.append(Problem(file.node.where, code))
        return
    if _misplaced(file):
        problems.append(Problem(Where(file.label), "data/misplaced", {"name": file.label.rpartition("/")[2]}))
        return
    for key, listed in file.plain.items():
        node = file.node.at(key)
        if key not in known:
            problems.append(_unknown_kind(key, node, known))
        if isinstance(listed, list):
            for i, plain in enumerate(listed):
                yield key, plain, node.at(i)
        elif listed is not None and key in known:
            problems.append(Problem(node.key or node.where, "data/not-a-list", {"kind": key}))


def _misplaced(file: SourceFile) -> bool:
    """Whether this is a list of reports, or says how they are delivered, in a folder where nobody looks for it."""
    name = file.label.rpartition("/")[2]
    return file.label.count("/") > 1 and name in {"reports.yaml", "reports.yml", *DELIVERY}


def _unknown_kind(key: str, node: Node, known: tuple[str, ...]) -> Problem:
    from reports.records.misspelt_keys import kind_meant  # noqa: PLC0415 - only where something is wrong

    args = {"kind": key, "known": ", ".join(known), "near": kind_meant(key, known)}
    return Problem(node.key or node.where, "data/unknown-kind", args)


def _duplicate(record_id: str, node: Node, first: Node) -> Problem:
    args = {"id": record_id, "other": str(first.at("id").where)}
    return Problem(node.at("id").where, "data/duplicate-id", args)


def _part(part: type[P], plain: Plain, node: Node, problems: list[Problem]) -> P | None:
    """Read one record or definition; None where it is wrong, its problems told."""
    if not isinstance(plain, dict):
        code = "data/empty-item" if plain is None else "data/not-a-mapping"
        problems.append(Problem(node.where, code))
        return None
    try:
        return read(part, plain)
    except MisreadError as error:
        problems += [
            _problem(node, misread) for misread in islice(_first_hand(node, error.found), _MOST_TOLD)
        ]
        return None


#: So many problems of one record are told.
_MOST_TOLD = 50


# --- problems -------------------------------------------------------------------------------------------------


_Args = dict[str, object]


def _first_hand(node: Node, found: Iterable[Misread]) -> Iterator[Misread]:
    """Leave out fields that are missed only because they are misspelt, stand too far left, or were to come by `<<`."""
    told = tuple(found)
    unknown = [one for one in told if one.code == "data/unknown-field"]
    meant = {(*one.path[:-1], one.args["near"]) for one in unknown}
    strayed = {one.path[:-1] for one in unknown if one.path[-1] in LANGUAGES}
    for one in told:
        above = node.at(*one.path[:-1])
        echo = (
            one.path in meant
            or "<<" in above.below
            or (one.path[:-1] in strayed and one.path[-1] in above.below)
        )
        if one.code != "data/missing-field" or not echo:
            yield one


def _problem(node: Node, misread: Misread) -> Problem:
    """Say what is wrong at the place it is about."""
    path, code = misread.path, misread.code
    here = node.at(*path)
    if code == "data/missing-field":
        return _missing(node.at(*path[:-1]), str(path[-1]))
    if code == "data/unknown-field" and path[-1] in LANGUAGES:
        return Problem(here.key or here.where, "data/stray-language", {"field": str(path[-1])})
    if code == "data/unknown-field":
        return Problem(here.key or here.where, code, {"field": str(path[-1]), **misread.args})
    if not code.startswith("data/"):
        return _of_value(here, misread)
    if code == "data/empty-item":
        return Problem(here.where, code)
    field_name = next((step for step in reversed(path) if isinstance(step, str)), "")
    args: _Args = {"value": _shown(misread.value), "field": field_name, **misread.args}
    return Problem(here.where, *better(code, args))


def _of_value(here: Node, misread: Misread) -> Problem:
    """What a value type complains of; about one key of a mapping, the place is that key."""
    args = {name: _shown(value) for name, value in misread.args.items()}
    key = args.get("key") or args.get("keys", "").split(", ")[0] or args.get("lang", "")
    guilty = here.below.get(key)
    code, told = better(misread.code, args, here.text)
    return Problem(here.where if guilty is None else guilty.key or guilty.where, code, told)


def _missing(above: Node, name: str) -> Problem:
    """Tell a field that is there but empty from one that is not there."""
    empty = above.below.get(name)
    if empty is not None:
        return Problem(empty.key or empty.where, "data/empty-field", {"field": name})
    if name in LANGUAGES:
        return Problem(above.where, "value/missing-language", {"lang": name})
    return Problem(above.where, "data/missing-field", {"field": name})


def _shown(value: object) -> str:
    """A value as a message repeats it: short, and without what stands inside it."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    text = " ".join(str(value).split())
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


_MOST_SHOWN = 60


#: Codes of which `suggestions` knows more.
CLOSER = frozenset(
    (
        "value/date", "value/share", "value/ratio", "value/quantity", "value/money", "job/period", "data/list", "value/text-language", "schedule/time", "schedule/zone", "schedule/address",
        "data/not-a-mapping", "data/bad-id", "data/choice", "data/country", "data/whole-number", "data/yes-no",
    )
)  # fmt: skip


def better(code: str, args: Mapping[str, object], typed: str = "") -> tuple[str, dict[str, object]]:
    """Return code and arguments that say more of what is wrong; *typed* is the whole text of the field."""
    if code not in CLOSER:
        return code, dict(args)
    from reports.records.suggestions import guess, in_its_field  # noqa: PLC0415 - compiles many patterns: only for what is wrong

    text = (typed or str(args.get("value", ""))).strip()
    meant = "" if args.get("near") else in_its_field(code, text, args)
    found = (code, meant) if meant else guess(code, text)
    shown = text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"
    if found is None:
        return code, {**args, **({"value": shown} if shown and "value" in args else {})}
    return found[0], {**args, "value": shown, **({"near": found[1]} if found[1] else {})}
