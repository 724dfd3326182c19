"""What no record says alone: whether a picture is there, and is one; whether editions show the same facts. A part of
`pipeline`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from reports.diagnostics.problems import Problem
from reports.document.drawings import ChartRequest
from reports.document.nodes import Document
from reports.model.kinds.documents import Figure
from reports.model.records import Dataset


def pictures(dataset: Dataset, data: Path) -> Iterator[Problem]:
    """What is wrong with the files that figures name, whether a report shows them or not."""
    for record in dataset.all("figures"):
        assert isinstance(record, Figure)
        if record.file:
            from reports.charts.photos import inspect  # noqa: PLC0415 - Pillow is loaded for pictures only

            yield from inspect(data, record.file, dataset.nodes[record.id].at("file").where)


def unlike(editions: Sequence[tuple[str, Document, Sequence[ChartRequest]]]) -> Iterator[Problem]:
    """Where an edition shows other facts than the first; each is its language, its tree and its charts."""
    from reports.document.editions import first_difference, passages  # noqa: PLC0415 - no build compares

    shown = [passages(document, requests) for _, document, requests in editions]
    for (lang, *_), other in zip(editions[1:], shown[1:], strict=True):
        yield from first_difference(shown[0], other, (editions[0][0], lang))
