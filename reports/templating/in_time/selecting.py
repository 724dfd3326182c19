"""What changed, chosen by template authors; and how often a matter was put before leadership."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where, near
from reports.model.kinds import KINDS
from reports.model.kinds.plans import Discussion
from reports.model.records import Record
from reports.model.report_definitions import Job
from reports.model.standing.standing import SIGNS, standing
from reports.records.readings.progress import ORDER, Step, progress
from reports.records.readings.reading import record_at
from reports.templating.context import Book
from reports.templating.in_time.changes import Progressed
from reports.templating.in_time.entries import became
from reports.templating.in_time.figures import against_target, aim, change, figure, spent
from reports.templating.in_time.sentences import sentence
from reports.templating.leaves import Leaf, WorkedOut
from reports.templating.views import View

#: Kinds by which editors work: what becomes of them is no progress, unless it is asked for.
_ASIDE = frozenset(
    ("sources", "themes", "remarks", "comments", "citations", "figures", "categories", "series")
)
#: What a leader wants to know first.
_WEIGHT = {
    what: n for n, what in enumerate(("decided", "late", "closed", "done", "moved", "new", "changed", "gone"))
}


def changes(book: Book, job: Job, is_in: Callable[[Record], bool], **asked: Any) -> list[Progressed]:
    """What became of the report's records since the edition before, the weightiest first: of *kind*, *theme* or one
    *record*, of what is called *what* (a word, or several). None at a first issue."""
    wanted = {name: _plain(value) for name, value in asked.items()}
    _refuse(wanted)
    if book.before is None or job.previous is None:
        return []
    steps = progress(book.before, job.previous.as_of, book.dataset, job.as_of)
    found = [
        Progressed(book, step, sentence)
        for step in steps
        if step.what and _is_asked(step, wanted) and is_in(step.record)
    ]
    return sorted(found, key=lambda one: _WEIGHT[one.step.what[0]])


def _plain(value: Any) -> tuple[Any, ...]:
    values = value if isinstance(value, list | tuple) else (value,)
    return tuple(
        one.id if isinstance(one, View) else one.value if isinstance(one, Leaf) else one for one in values
    )


_KNOWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"kind": tuple(KINDS), "what": ORDER, "theme": (), "record": ()}
)


def _refuse(wanted: Mapping[str, Sequence[Any]]) -> None:
    """What can never be is the author's mistake."""
    for name, values in wanted.items():
        if name not in _KNOWN:
            raise _unknown(name, _KNOWN, "template/undefined", name)
        for value in values:
            if _KNOWN[name] and value not in _KNOWN[name]:
                raise _unknown(str(value), _KNOWN[name], "template/unknown-choice", name)


def _unknown(word: str, known: Any, code: str, field: str) -> ReportError:
    args = {"name": word, "field": field, "value": word, "near": near(word, known), "known": ", ".join(known)}
    return ReportError(Problem(Where(""), code, args))


def _is_asked(step: Step, wanted: Mapping[str, Sequence[Any]]) -> bool:
    record = step.record
    if "kind" not in wanted and "record" not in wanted and record.plural in _ASIDE:
        return False
    found = {"kind": record.plural, "theme": record.theme, "record": record.id}
    return all(
        any(what in values for what in step.what[:1]) if name == "what" else found[name] in values
        for name, values in wanted.items()
    )


def in_state(book: Book, records: Sequence[Record], value: Any) -> list[Record]:
    """Those of *records* that stand so on the day of the report: late, due soon, open, behind …"""
    words = _plain(value)
    for word in words:
        if word not in SIGNS:
            raise _unknown(str(word), tuple(SIGNS), "template/unknown-choice", "state")
    return [one for one in records if (found := standing(one, book.as_of)) and found.state in words]


def times_put(book: Book, thing: Any) -> Leaf:
    """How many editions, this one too, found a matter open: so often it was put before leadership."""
    if not isinstance(thing, View) or not isinstance(thing.data, Discussion):
        detail = "discussions() | first"
        raise ReportError(
            Problem(Where(""), "template/bad-argument", {"function": "times_put", "detail": detail})
        )
    typed = book.dataset.typed or book.dataset
    states = (record_at(typed, thing.id, cutoff) for cutoff in book.editions)
    times = sum(isinstance(one, Discussion) and one.status == "open" for one in states)
    places = [thing.place.below(name) for name in ("raised", "status")]
    return WorkedOut(book, "times", times, str(times), places)


def filters(book: Book) -> Mapping[str, Callable[..., Any]]:
    """The filters about time that a template may use."""
    return {
        "change": partial(change, book),
        "against_target": partial(against_target, book),
        "times_put": partial(times_put, book),
        "became": became,
        "spent": partial(spent, book),
        "figure": partial(figure, book),
        "aim": partial(aim, book),
    }
