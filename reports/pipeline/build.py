"""Read, build, check: the stages in their order. The table of contents of the whole product.

Stages know nothing of each other; what one returns is handed to the next here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from reports import charts, files
from reports.diagnostics.problems import Problem, ReportError, Where, errors, near
from reports.document.drawings import ChartRequest, Drawing
from reports.document.markdown.parser import parse
from reports.document.nodes import Contents, Document, FigureBlock, Picture, plain, walk_blocks
from reports.document.numbering import number, with_pages
from reports.document.profiles import PROFILES, Profile
from reports.document.traditional import names_of, to_traditional, traditional_letters
from reports.model.imprint import Imprint
from reports.model.periods import Period
from reports.model.records import Dataset
from reports.model.report_definitions import Edited, Job, ReportDefinition, plan
from reports.pipeline.imprints import Notice, imprints, with_corrections, with_imprint
from reports.pipeline.read import STATE, Folders, Reading, collector_off, read
from reports.pipeline.showing import computed_in, kinds_of, showings
from reports.records.changes import Computed, ComputedIn
from reports.templating.render import list_of_changes, merge
from reports.writers import WRITERS, Assets, contents_pages, mail_summary


class Order(Struct, frozen=True):
    """What a person asks to be built; empty means: as the report's definition says."""

    reports: tuple[str, ...] = ()
    period: Period | None = None
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


class LanguageEdition(Struct, frozen=True):
    """A report in one language, ready to be written; *computed*: what it worked out, *notes*: what is odd in its template."""

    job: Job
    lang: str
    profile: Profile
    document: Document
    requests: Sequence[ChartRequest]
    computed: tuple[Computed, ...] = ()
    names: Mapping[str, str] | None = None
    notes: Sequence[Problem] = ()


class Made(Struct, frozen=True):
    """All files of a report for one period, by path below the output folder: *files* as they are put there now,
    *final* as they are issued. The two differ where a draft carries its mark and waits for its number (see
    `imprinting`). *order* is what was asked for, *computed* what was worked out."""

    job: Job
    files: Mapping[str, bytes]
    final: Mapping[str, bytes]
    order: Order
    computed: ComputedIn = MappingProxyType({})


Say = Callable[[str], None]


# --- build ------------------------------------------------------------------------------------------------


def build(folders: Folders, order: Order, today: date, say: Say = lambda line: None) -> tuple[Path, ...]:
    """Make and write what *order* asks for; return the files, also those that were up to date.

    Nothing is written before everything is made, and nothing is remembered: `publishing.drafts.build` does that.
    """
    _, made = make(folders, order, today, say)
    files.sweep(folders.output)
    outputs = {folders.output / name: data for one in made for name, data in one.files.items()}
    for path, data in outputs.items():
        files.write(path, data)
    return tuple(outputs)


@collector_off()
def make(
    folders: Folders, order: Order, today: date, say: Say = lambda line: None
) -> tuple[Reading, tuple[Made, ...]]:
    """Read, and make what *order* asks for; write nothing but charts into their cache.

    Raises ReportError with all problems found.
    """
    reading = sound(read(folders.data))
    jobs = [plan(report, order.period, today) for report in chosen(reading.reports, order)]
    if wrong := errors(problem for job in jobs for problem in reading.wrong_at(job.cutoff)):
        raise ReportError(*wrong)
    return reading, tuple(make_one(reading, folders, order, job, say=say) for job in jobs)


def sound(reading: Reading) -> Reading:
    """Return *reading*, of which nothing is wrong. Raises ReportError with all that is."""
    if errors(reading.problems):
        raise ReportError(*reading.problems)
    return reading


def again(reading: Reading, folders: Folders, made: Made, notice: Notice) -> Made:
    """Make the files of *made* as the issue that *notice* tells of. Raises ReportError."""
    return make_one(reading, folders, made.order, made.job, notice=notice)


@collector_off()
def make_one(
    reading: Reading,
    folders: Folders,
    order: Order,
    job: Job,
    *,
    say: Say = lambda line: None,
    notice: Notice | None = None,
) -> Made:
    """Make all files of one report, as the issue that *notice* tells of; of a draft those with its mark and those
    without. Raises ReportError."""
    shown: dict[str, bytes] = {}
    final: dict[str, bytes] = {}
    computed: dict[str, tuple[Computed, ...]] = {}
    now, later = imprints(job, notice)
    for lang in _languages(job.report, order):
        say(f"{job.report.id} {job.period} {lang}")
        told, formats = tell(reading, folders, job, lang, notice), order.formats or job.report.formats
        computed[lang] = told.computed
        final.update(_write(told, folders, formats, later))
        if job.report.recipients.leadership:
            final[mail_of(job, lang)] = _mail(reading, told)
        if now != later:
            shown.update(_write(told, folders, formats, now))
    return Made(job, {**final, **shown}, final, order, computed)


def tell(
    reading: Reading, folders: Folders, job: Job, lang: str, notice: Notice | None = None
) -> LanguageEdition:
    """From records to the numbered tree; of a correction, with what *notice* knows of it."""
    place = reading.reports.nodes[job.report.id]
    profile = profile_of(job.report.profile, lang, place.at("profile").where)
    dataset = reading.at(job.cutoff)
    manuscript = merge(dataset, job, place, lang, folders.templates, before=_before(reading, job))
    parsed = parse(manuscript)
    shown = showings(parsed, manuscript.charts)
    computed = computed_in(shown, kinds_of(dataset))
    document = with_corrections(parsed, shown, computed, notice)
    names = names_of(dataset) if lang == "zh-Hant" else None
    if names is not None:
        document = to_traditional(document, names)
    numbered = number(document, profile)
    return LanguageEdition(job, lang, profile, numbered, manuscript.charts, computed, names, manuscript.notes)


def _before(reading: Reading, job: Job) -> Dataset | None:
    """The records as the edition before has them; None at a first issue."""
    return reading.at(job.previous.cutoff) if job.previous else None


def _mail(reading: Reading, told: LanguageEdition) -> bytes:
    """What letters say of an issue, to be kept with it; what changed also where the report does not tell it."""
    job, document = told.job, told.document
    since = str(job.previous.period) if job.previous else ""
    if mail_summary.tells_changes(document):
        return mail_summary.write(document, told.profile, since)
    place = reading.reports.nodes[job.report.id]
    before = _before(reading, job)
    listed = parse(list_of_changes(reading.at(job.cutoff), job, place, told.lang, before=before))
    listed = listed if told.names is None else to_traditional(listed, told.names)
    return mail_summary.write(document, told.profile, since, listed.blocks)


def _write(
    told: LanguageEdition, folders: Folders, formats: Iterable[str], imprint: Imprint | None = None
) -> Iterator[tuple[str, bytes]]:
    """Every file of one report in one language: the pictures first, then the formats. A PDF that waits for its
    number is the Word file it is to be laid out from."""
    job, wanted = told.job, tuple(formats)
    folder, stem = _folder_of(job), _stem_of(job, told.lang)
    drawings, names = _pictures(told, folders, stem)
    for source, name in names.items() if set(wanted) - {"html"} else ():  # which holds them itself
        yield f"{folder}/{name}", drawings[source].png
    assets = Assets(
        report=job.report.id,
        period=str(job.period),
        as_of=job.as_of,
        generator="progress-reports",  # without its version: another release makes no other issue
        drawings=drawings,
        names=names,
        template=word_template(folders, told.profile) if {"docx", "pdf"} & set(wanted) else b"",
        imprint=imprint,
    )
    document = with_imprint(told.document, imprint)
    word = _word(document, told.profile, assets) if assets.template else b""
    for format_ in wanted:
        file = f"{stem}.{format_}"
        match format_:
            case "docx":
                yield f"{folder}/{file}", word
            case "pdf" if imprint and imprint.waits:
                yield f"{folder}/{file}", word
            case "pdf":
                from reports.writers import pdf  # noqa: PLC0415 - starts other programs, which few reports need

                yield f"{folder}/{file}", pdf.to_pdf(word, file, job.as_of)
            case _:
                yield f"{folder}/{file}", WRITERS[format_](document, told.profile, assets)


def _word(document: Document, profile: Profile, assets: Assets) -> bytes:
    """The Word file; its contents get page numbers from a layout pass where LibreOffice is installed.

    What is laid out has numbers already, wrong ones, so that the right ones take no other room.
    """

    def write(document: Document) -> bytes:
        return WRITERS["docx"](document, profile, assets)

    lines = [entry.anchor for b in document.blocks if isinstance(b, Contents) for entry in b.entries]
    if not lines:
        return write(document)
    from reports.writers import pdf  # noqa: PLC0415 - as above

    if not pdf.find_office():
        return write(document)
    trial = write(with_pages(document, dict.fromkeys(lines, _TWO_DIGITS)))
    found = pdf.pages_of(pdf.to_pdf(trial, assets.report, assets.as_of))
    return write(with_pages(document, contents_pages(document, found)))


_TWO_DIGITS = 88  # as wide as most page numbers


def _pictures(
    told: LanguageEdition, folders: Folders, stem: str
) -> tuple[dict[str, Drawing], dict[str, str]]:
    """Draw or load every picture once; name each after its figure."""
    cache = charts.Cache(folders.output / ".cache", files.write)
    drawings: dict[str, Drawing] = {}
    names: dict[str, str] = {}
    for figure in (b for b in walk_blocks(told.document.blocks) if isinstance(b, FigureBlock)):
        for n, picture in enumerate(figure.pictures, 1):
            if picture.source in drawings or picture.source.startswith("missing:"):
                continue
            drawings[picture.source] = drawn(
                picture, figure, requests=told.requests, names=told.names, data=folders.data, cache=cache
            )
            part = f"-{n}" if len(figure.pictures) > 1 else ""
            names[picture.source] = f"{stem}.{figure.id}{part}.png"
    return drawings, names


def pictures(told: LanguageEdition, folders: Folders) -> Mapping[str, Drawing]:
    """Return the pictures of a report by `Picture.source`, out of the cache where they are there."""
    return _pictures(told, folders, "")[0]


def word_template(folders: Folders, profile: Profile) -> bytes:
    """Return the Word template of a profile. Raises ReportError."""
    path = folders.templates / "word" / profile.template
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReportError(Problem(Where(str(path)), "file/missing", {"name": profile.template})) from error


# --- choosing ---------------------------------------------------------------------------------------------


def chosen(edited: Edited, order: Order) -> tuple[ReportDefinition, ...]:
    """Return the reports that *order* names, or those built by default. Raises ReportError."""
    known = edited.reports
    for name in order.reports:
        if name not in known:
            args = {"name": name, "near": near(name, known), "known": ", ".join(known)}
            raise ReportError(Problem(Where("reports.yaml"), "job/unknown-report", args))
    found = tuple(known[name] for name in order.reports) or tuple(r for r in known.values() if r.default)
    if not found:
        raise ReportError(Problem(Where("reports.yaml"), "job/no-default"))
    for report in found:
        if order.period and order.period.kind != report.period:
            args = {"value": str(order.period), "kind": report.period}
            raise ReportError(Problem(Where("reports.yaml"), "job/period-kind", args))
    return found


def _folder_of(job: Job) -> str:
    return f"{job.report.id}/{job.period}"


def _stem_of(job: Job, lang: str) -> str:
    return f"{job.report.id}-{job.period}.{lang}"


def mail_of(job: Job, lang: str) -> str:
    """Where the words of an issue's letters lie: with its other files in the ledger, but not for people to see."""
    return f"{STATE}/mail/{_folder_of(job)}/{_stem_of(job, lang)}.mail.json"


def _languages(report: ReportDefinition, order: Order) -> tuple[str, ...]:
    for lang in order.languages:
        if lang not in report.languages:
            args = {"name": report.id, "value": lang, "known": ", ".join(report.languages)}
            raise ReportError(Problem(Where("reports.yaml"), "job/language", args))
    return order.languages or report.languages


def profile_of(name: str, lang: str, where: Where) -> Profile:
    """Return the profile called *name* in *lang*. Raises ReportError, at *where*."""
    profile = PROFILES.get((name, lang))
    if profile is None:
        known = ", ".join(sorted({n for n, _ in PROFILES}))
        args = {"name": name, "lang": lang, "known": known, "near": near(name, {n for n, _ in PROFILES})}
        raise ReportError(Problem(where, "job/no-profile", args))
    return profile


# --- check ------------------------------------------------------------------------------------------------


def drawn(
    picture: Picture,
    figure: FigureBlock,
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
        return charts.draw(request, cache, letters_of(names))
    from reports.charts.photos import load_picture  # noqa: PLC0415 - Pillow is loaded for photos only

    file = picture.source.removeprefix("media:")
    return load_picture(data, file, picture.alt or plain(figure.caption), where)


def letters_of(names: Mapping[str, str] | None) -> Callable[[str], str]:
    """How the words of a chart are spelt in this edition."""
    return str if names is None else partial(traditional_letters, names=names)
