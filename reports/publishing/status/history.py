"""What the data's past tells: when a record was last changed, and which translations its changes left behind.

Pure functions of the records of now and of earlier states of their files. Of what no state knows nothing is
said, and nobody takes it for good news.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from reports.diagnostics.problems import Problem
from reports.model.kinds.documents import Source
from reports.model.records import Dataset, Node, Record

#: The text of every field, by record id and by the field's path (`title.zh`), as `changes` has them.
Facts = Mapping[str, Mapping[str, str]]


class State(Struct, frozen=True):
    """The records of a data file as they stood from the moment *at* on. *first*: the file began then.

    *accepted*: a person approved a report of them.
    """

    at: datetime
    facts: Callable[[], Facts]
    first: bool = False
    accepted: bool = False


#: The states of every data file, by its label, the newest first.
Past = Mapping[str, Sequence[State]]


class Touch(Struct, frozen=True):
    """When a record was last changed, as far as is known; *edited*: it was changed since, and not committed."""

    day: date | None = None
    edited: bool = False


def touched(record: str, now: Mapping[str, str], states: Sequence[State]) -> Touch:
    """Say when *record* came to be as it is *now*; *states* are those of its file."""
    told = [state for state in states if not state.accepted and state.facts()]
    day: date | None = None
    for state in told:
        then = state.facts().get(record)
        if then != now:
            return Touch(day or (state.at.date() if then else None), edited=day is None)
        day = state.at.date()
    return Touch(day if told and told[-1].first else None)


def behind(dataset: Dataset, past: Past) -> Iterator[Problem]:
    """Warn of translations whose source text was changed after them.

    The source text is the one in the language of the document that the record is taken from.
    """
    for record in dataset.records.values():
        source = _language(dataset, record)
        langs = (source, "en" if source == "zh" else "zh")
        states = past.get(dataset.nodes[record.id].where.file, ())
        for path, node in _bilingual(dataset.nodes[record.id]) if states else ():
            if _is_behind(states, record.id, path, (node.at(langs[0]).text, node.at(langs[1]).text), langs):
                args = {"lang": langs[1], "source": source, "field": path, "record": record.id}
                yield Problem(node.at(langs[1]).where, "twins/behind", args, "warning")


def _language(dataset: Dataset, record: Record) -> str:
    """The language in which the record's facts were written first."""
    for locator in record.source:
        document = dataset.records.get(locator.doc)
        if isinstance(document, Source):
            return document.language.partition("-")[0]
    return record.language.partition("-")[0] if isinstance(record, Source) else "zh"


def _bilingual(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Every text with both languages below *node*, by its path."""
    if "zh" in node.below and "en" in node.below:
        yield path, node
    for step, below in node.below.items():
        if below.below:
            yield from _bilingual(below, f"{path}.{step}" if path else str(step))


def _is_behind(
    states: Sequence[State], record: str, path: str, now: tuple[str, str], langs: tuple[str, str]
) -> bool:
    """Whether of a text and its translation, as they are *now*, the text was changed last."""
    for state in filter(lambda state: state.facts(), states):
        facts = state.facts().get(record, {})
        then = tuple(facts.get(f"{path}.{lang}") for lang in langs)
        if then != now:
            return None not in then and then[0] != now[0] and then[1] == now[1]
        if state.accepted:
            return False
    return False
