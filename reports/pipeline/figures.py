"""The picture of a figure: drawn from its chart request, or taken from its file. A part of `pipeline`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from reports import charts
from reports.diagnostics.problems import Where
from reports.document.drawings import ChartRequest, Drawing
from reports.document.nodes import Figure, Picture, plain
from reports.document.traditional import traditional_letters


def drawn(
    picture: Picture,
    figure: Figure,
    *,
    requests: Sequence[ChartRequest],
    names: Mapping[str, str] | None,
    data: Path,
    cache: charts.Cache,
) -> Drawing:
    """Return one picture of *figure*; *names* are those with a Traditional form, None in other editions."""
    where = figure.where or Where("")
    kind, _, name = picture.source.partition(":")
    if kind == "chart" and name.isdigit():
        request = replace(requests[int(name)], where=where)
        return charts.draw(request, cache, _letters(names))
    from reports.charts.photos import load_picture  # noqa: PLC0415 - Pillow is loaded for photos only

    file = picture.source.removeprefix("media:")
    return load_picture(data, file, picture.alt or plain(figure.caption), where)


def _letters(names: Mapping[str, str] | None) -> Callable[[str], str]:
    """How the words of a chart are spelt in this edition."""
    return str if names is None else partial(traditional_letters, names=names)
