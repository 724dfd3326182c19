"""Read, build, check: the stages in their order. The table of contents of the whole product.

Stages know nothing of each other; what one returns is handed to the next here.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from reports import __version__, charts, files, layout
from reports.document import Contents, Document, Figure, Picture, plain, walk_blocks
from reports.drawing import ChartRequest, Drawing
from reports.job import Edited, Job, ReportDefinition, plan
from reports.load import read_folder
from reports.merge import merge
from reports.model import Dataset
from reports.number import number, warnings, with_pages
from reports.parse import parse
from reports.period import Period
from reports.problems import Problem, ReportError, Where, errors, in_order, near
from reports.profile import PROFILES, Profile
from reports.traditional import names_of, to_traditional, traditional_letters
from reports.validate import overdue, read_reports, validate
from reports.writers import WRITERS, Assets, contents_pages


@dataclass(frozen=True, slots=True)
class Folders:
    """Where a run reads and writes."""

    data: Path
    templates: Path
    output: Path


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read: the records, the report definitions, and what was found wrong."""

    dataset: Dataset
    reports: Edited
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A report in one language, ready to be written."""

    job: Job
    lang: str
    profile: Profile
    document: Document
    requests: Sequence[ChartRequest]
    names: Mapping[str, str] | None = None


Say = Callable[[str], None]


# --- read -------------------------------------------------------------------------------------------------


def read(data: Path) -> Reading:
    """Read and validate everything below *data*."""
    with _collector_off():
        sources, found = read_folder(data)
        dataset, wrong = validate(sources)
        reports, misdefined = read_reports(sources)
    return Reading(dataset, reports, tuple(in_order((*found, *wrong, *misdefined))))


@contextmanager
def _collector_off() -> Iterator[None]:
    """Stages make many small values and no rubbish: the collector would only search in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# --- build ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asks to be built; empty means: as the report's definition says."""

    reports: tuple[str, ...] = ()
    period: Period | None = None
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


@_collector_off()
def build(folders: Folders, order: Order, today: date, say: Say = lambda line: None) -> tuple[Path, ...]:
    """Build what *order* asks for; return the files made, also those that were up to date.

    Nothing is written before everything is made. Raises ReportError with all problems found.
    """
    reading = read(folders.data)
    if errors(reading.problems):
        raise ReportError(*reading.problems)
    outputs: dict[Path, bytes] = {}
    for report in _chosen(reading.reports, order):
        job = plan(report, order.period, today)
        for lang in _languages(report, order):
            say(f"{report.id} {job.period} {lang}")
            told = tell(reading, folders, job, lang)
            outputs.update(_write(told, folders, order.formats or report.formats))
    files.sweep(folders.output)
    for path, data in outputs.items():
        files.write(path, data)
    return tuple(outputs)


def tell(reading: Reading, folders: Folders, job: Job, lang: str) -> Told:
    """From records to the numbered tree."""
    profile = _profile(job.report.profile, lang)
    place = reading.reports.nodes[job.report.id]
    manuscript = merge(reading.dataset, job, place, lang, folders.templates)
    document = parse(manuscript)
    names = names_of(reading.dataset) if lang == "zh-Hant" else None
    if names is not None:
        document = to_traditional(document, names)
    return Told(job, lang, profile, number(document, profile), manuscript.charts, names)


def _write(told: Told, folders: Folders, formats: Iterable[str]) -> Iterator[tuple[Path, bytes]]:
    """Every file of one report in one language: the pictures first, then the formats."""
    job, wanted = told.job, tuple(formats)
    folder = folders.output / job.report.id / str(job.period)
    stem = f"{job.report.id}-{job.period}.{told.lang}"
    drawings, names = _pictures(told, folders, stem)
    for source, name in names.items():
        yield folder / name, drawings[source].png
    assets = Assets(
        report=job.report.id,
        period=str(job.period),
        as_of=job.as_of,
        generator=f"progress-reports {__version__}",
        drawings=drawings,
        names=names,
        template=_word_template(folders, told.profile) if {"docx", "pdf"} & set(wanted) else b"",
    )
    word = _word(told, assets) if assets.template else b""
    for format_ in wanted:
        file = f"{stem}.{format_}"
        match format_:
            case "docx":
                yield folder / file, word
            case "pdf":
                yield folder / file, layout.to_pdf(word, file, job.as_of)
            case _:
                yield folder / file, WRITERS[format_](told.document, told.profile, assets)


def _word(told: Told, assets: Assets) -> bytes:
    """The Word file; its contents get page numbers from a layout pass where LibreOffice is installed.

    What is laid out has numbers already, wrong ones, so that the right ones take no other room.
    """

    def write(document: Document) -> bytes:
        return WRITERS["docx"](document, told.profile, assets)

    document = told.document
    lines = [entry.anchor for b in document.blocks if isinstance(b, Contents) for entry in b.entries]
    if not lines or not layout.find_office():
        return write(document)
    trial = write(with_pages(document, dict.fromkeys(lines, _TWO_DIGITS)))
    found = layout.pages_of(layout.to_pdf(trial, assets.report, assets.as_of))
    return write(with_pages(document, contents_pages(document, found)))


_TWO_DIGITS = 88  # as wide as most page numbers


def _pictures(told: Told, folders: Folders, stem: str) -> tuple[dict[str, Drawing], dict[str, str]]:
    """Draw or load every picture once; name each after its figure."""
    cache = charts.Cache(folders.output / ".cache", files.write)
    drawings: dict[str, Drawing] = {}
    names: dict[str, str] = {}
    for figure in (b for b in walk_blocks(told.document.blocks) if isinstance(b, Figure)):
        for n, picture in enumerate(figure.pictures, 1):
            if picture.source in drawings or picture.source.startswith("missing:"):
                continue
            drawings[picture.source] = _drawing(told, folders, cache, picture, figure)
            part = f"-{n}" if len(figure.pictures) > 1 else ""
            names[picture.source] = f"{stem}.{figure.id}{part}.png"
    return drawings, names


def _drawing(told: Told, folders: Folders, cache: charts.Cache, picture: Picture, figure: Figure) -> Drawing:
    where = figure.where or Where("")
    kind, _, name = picture.source.partition(":")
    if kind == "chart" and name.isdigit():
        request = replace(told.requests[int(name)], where=where)
        return charts.draw(request, cache, _letters(told.names))
    from reports.pictures import load_picture  # noqa: PLC0415 - Pillow is loaded for photos only

    file = picture.source.removeprefix("media:")
    return load_picture(folders.data, file, picture.alt or plain(figure.caption), where)


def _letters(names: Mapping[str, str] | None) -> Callable[[str], str]:
    """How the words of a chart are spelt in this edition."""
    return str if names is None else partial(traditional_letters, names=names)


def _word_template(folders: Folders, profile: Profile) -> bytes:
    path = folders.templates / "word" / profile.template
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReportError(Problem(Where(str(path)), "file/missing", {"name": profile.template})) from error


# --- choosing ---------------------------------------------------------------------------------------------


def _chosen(edited: Edited, order: Order) -> tuple[ReportDefinition, ...]:
    known = edited.reports
    for name in order.reports:
        if name not in known:
            args = {"name": name, "near": near(name, known), "known": ", ".join(known)}
            raise ReportError(Problem(Where("reports.yaml"), "job/unknown-report", args))
    chosen = tuple(known[name] for name in order.reports) or tuple(r for r in known.values() if r.default)
    if not chosen:
        raise ReportError(Problem(Where("reports.yaml"), "job/no-default"))
    for report in chosen:
        if order.period and order.period.kind != report.period:
            args = {"value": str(order.period), "kind": report.period}
            raise ReportError(Problem(Where("reports.yaml"), "job/period-kind", args))
    return chosen


def _languages(report: ReportDefinition, order: Order) -> tuple[str, ...]:
    for lang in order.languages:
        if lang not in report.languages:
            args = {"name": report.id, "value": lang, "known": ", ".join(report.languages)}
            raise ReportError(Problem(Where("reports.yaml"), "job/language", args))
    return order.languages or report.languages


def _profile(name: str, lang: str) -> Profile:
    profile = PROFILES.get((name, lang))
    if profile is None:
        known = ", ".join(sorted({n for n, _ in PROFILES}))
        args = {"name": name, "lang": lang, "known": known, "near": near(name, {n for n, _ in PROFILES})}
        raise ReportError(Problem(Where("reports.yaml"), "job/no-profile", args))
    return profile


# --- check ------------------------------------------------------------------------------------------------


@_collector_off()
def check(folders: Folders, today: date) -> tuple[Problem, ...]:
    """Return every problem of all data and all templates, in the order of files and lines."""
    from reports.typography import lint_data  # noqa: PLC0415 - as below

    reading = read(folders.data)
    found = [*reading.problems]
    if not errors(reading.problems):
        found += lint_data(reading.dataset)
        for report in reading.reports.reports.values():
            found += _check_report(reading, folders, report, today)
    return tuple(in_order(found))


def _check_report(reading: Reading, folders: Folders, report: ReportDefinition, today: date) -> Iterator[Problem]:
    """Tell every listed edition in every language, without drawing or writing it."""
    from reports.typography import lint_document  # noqa: PLC0415 - its patterns take 5 ms to compile: not for build

    jobs = [plan(report, edition.period, today) for edition in report.editions] or [plan(report, None, today)]
    for job in jobs:
        yield from overdue(reading.dataset, job.as_of, report.programmes)
        for lang in report.languages:
            try:
                told = tell(reading, folders, job, lang)
                yield from warnings(told.document)
                yield from lint_document(told.document)
                for request in told.requests:
                    charts.inspect(request)
            except ReportError as error:
                yield from error.problems


def sources_of(folders: Folders) -> Mapping[str, Path]:
    """The folder behind the first part of a place's file label."""
    return {folders.data.name: folders.data, folders.templates.name: folders.templates}

