"""What became of a record, said in one sentence whose values keep their places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from reports.diagnostics.words.progress import PROGRESS
from reports.model.kinds.activities import NOT_HAPPENED
from reports.model.kinds.metrics import Budget, Metric
from reports.model.kinds.plans import Action, Discussion
from reports.model.records import Record, fields
from reports.model.values import BilingualText
from reports.records.readings.progress import What
from reports.templating.in_time.changes import ChangedField, Progressed
from reports.templating.in_time.entries import became, learnt
from reports.templating.in_time.figures import change, share_of, spent
from reports.templating.views import View

#: Texts longer than this are not said twice over.
_LONG = 60


def sentence(one: Progressed) -> str:
    """Say what became of a record, by the weightiest of what it is called."""
    return _SAID[one.step.what[0]](one, one.part("record"))


def _say(word: str, record: View, **values: Any) -> str:
    said = {name: str(value) for name, value in values.items()}
    return PROGRESS.say(word, record.book.lang, name=str(record), **said)


def _new(_one: Progressed, record: View) -> str:
    if isinstance(record.data, Discussion):
        return _say("new discussion", record)
    if isinstance(record.data, Action):
        return _say("new action", record, due=_due(record))
    date, state = _of(record, "date"), _of(record, "status")
    if date and state == "planned":
        return _say("new plan", record, date=date)
    if date and state and state.value in NOT_HAPPENED:
        return _say("new state", record, date=date, state=state)
    if not date and state:
        return _say("new so", record, state=state)
    return _say("new dated", record, date=date) if date else _say("new", record)


def _decided(_one: Progressed, record: View) -> str:
    told = {
        "on": became(record, "status"),
        "decision": record.part("decision"),
        "by": _of(record, "decided_by") or "",
    }
    return _say("decided by" if told["by"] else "decided", record, **told)


def _closed(_one: Progressed, record: View) -> str:
    why = _of(record, "decision") or _of(record, "reason")
    told = {"on": became(record, "status"), "state": record.part("status"), "why": why or ""}
    return _say("closed with" if why else "closed", record, **told)


def _done(one: Progressed, record: View) -> str:
    state = _of(record, "status")
    if isinstance(record.data, Action):
        state = record.part("state")
        told = {
            "on": record.part("done"),
            "state": state.reworded(state.text.removeprefix("已")),
            "why": _of(record, "outcome") or "",
        }
        return _say("done with" if told["why"] else "done", record, **told)
    if not state:
        return _say("happened", record, date=_of(record, "date"))
    day = _of(record, "date") or became(record, "status")
    told = state.reworded(state.text.removeprefix("已"))  # with a day, Chinese says no "already"
    return _say("done", record, on=day, state=told) + _late_news(one, record)


def _late_news(one: Progressed, record: View) -> str:
    """That it was learnt only after the edition before, whose time it is of."""
    known = learnt(record, "status")
    return PROGRESS.say("learnt", one.book.lang, known=str(known)) if known else ""


def _moved(one: Progressed, record: View) -> str:
    name = next(name for name in ("date", "due") if name in one.step.fields)
    return _say("moved", record, before=one.part("before").part(name), after=record.part(name))


def _late(one: Progressed, record: View) -> str:
    return _say("late", record, days=one.part("days"), due=_due(record))


def _due(record: View) -> str:
    due = _of(record, "due") or _of(record, "date")
    lang = record.book.lang
    return PROGRESS.say("due", lang, day=str(due)) if due else PROGRESS.say("no due", lang)


def _changed(one: Progressed, record: View) -> str:
    if isinstance(record.data, Metric):
        return _figure(one, record)
    if (
        isinstance(record.data, Budget)
        and one.step.fields == ("spent",)
        and (total := spent(one.book, record))
    ):
        *_, last = record.part("spent")
        share = share_of(one.book, total, record.part("money"))
        return _say("spent", record, at=last.part("at"), money=last.part("money"), total=total, share=share)
    told = PROGRESS.say("and", one.book.lang).join(_field(field) for field in one.changed())
    return _say("changed", record, fields=told)


def _field(field: ChangedField) -> str:
    before, after = field.part("before"), field.part("after")
    lang = field.after.book.lang
    if any(isinstance(one, list) and any(_is_group(item) for item in one) for one in (before, after)) or (
        _is_group(before) or _is_group(after)
    ):
        return PROGRESS.say("reworded", lang, field=field.part("name"))
    word = "field" if before and after else "field added" if after else "field removed"
    long = any(
        isinstance(getattr(one, "value", None), BilingualText) and len(one.text) > _LONG
        for one in (before, after)
    )
    if long and word == "field":
        return PROGRESS.say("reworded", lang, field=field.part("name"))
    return PROGRESS.say(word, lang, field=field.part("name"), before=str(before), after=str(after))


def _is_group(thing: Any) -> bool:
    """Whether it is a group of fields, which has no words of its own."""
    return isinstance(thing, View) and not isinstance(thing.data, Record)


def _figure(one: Progressed, record: View) -> str:
    """The figure, by how much it changed, and what was revised of the times before."""
    by, lang = change(one.book, record), one.book.lang
    unit = record.part("unit")
    value = f"{record.part('value')}{'' if lang.startswith('zh') or not unit else ' '}{unit or ''}"
    told = _say("figure" if by else "figure first", record, value=value, change=by)
    return told + "".join(
        PROGRESS.say("revised", lang, at=str(value.part("at")), value=str(value.part("value")))
        for value in one.revisions()
    )


def _gone(_one: Progressed, record: View) -> str:
    return _say("gone", record)


def _of(record: View, name: str) -> Any:
    """A field of a record, None where its kind has none or it is left open."""
    if name not in fields(type(record.data)):
        return None
    return record.part(name) or None


_SAID: Mapping[What, Callable[[Progressed, View], str]] = MappingProxyType(
    {
        "new": _new, "decided": _decided, "closed": _closed, "done": _done, "moved": _moved, "late": _late,
        "changed": _changed, "gone": _gone,
    }
)  # fmt: skip
