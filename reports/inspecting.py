"""What only the files beside the records can say: whether a picture is there, and is one. A part of `pipeline`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reports.kinds.documents import Figure
from reports.model import Dataset
from reports.problems import Problem


def pictures(dataset: Dataset, data: Path) -> Iterator[Problem]:
    """What is wrong with the files that figures name, whether a report shows them or not."""
    for record in dataset.all("figures"):
        assert isinstance(record, Figure)
        if record.file:
            from reports.pictures import inspect  # noqa: PLC0415 - Pillow is loaded for pictures only

            yield from inspect(data, record.file, dataset.nodes[record.id].at("file").where)
