"""Looks round the secretariat: what git and the ledger remember of the data, and how ready each report is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

from reports import changes, duty, past, pipeline, revisions
from reports.model import Dataset
from reports.past import Past, State
from reports.pipeline import Folders, Reading
from reports.problems import Problem


def past_of(folders: Folders, dataset: Dataset) -> Past:
    """The earlier states of every data file: committed ones, and those a person approved a report of."""
    accepted = tuple(_accepted(folders))
    known = revisions.versions(folders.data)
    return {
        file: tuple(sorted((*_committed(file, known.get(file, ())), *accepted), key=_age))
        for file in {node.where.file for node in dataset.nodes.values()}
        if accepted or file in known
    }


def translations(folders: Folders, reading: Reading) -> Iterable[Problem]:
    """Which translations are behind, as far as the past is known; what `check` adds."""
    return past.behind(reading.dataset, past_of(folders, reading.dataset))


def _committed(file: str, known: Iterable[revisions.Version]) -> Iterator[State]:
    for version in known:
        yield State(version.at, cache(partial(pipeline.facts_in, version.text, file)), version.first)


def _accepted(folders: Folders) -> Iterator[State]:
    ledger = duty.look(folders)
    for issue in ledger.issues():
        if issue.state != "draft":
            data = ledger.snapshot(issue.snapshot)
            yield State(issue.built, cache(partial(changes.read_snapshot, data)), accepted=True)


def _age(state: State) -> float:
    return -state.at.timestamp()
