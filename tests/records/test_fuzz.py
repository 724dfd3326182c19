"""Good files, spoilt in every way: whatever `check` is given, it answers in sentences and never in a traceback.

A sample runs with the tests. For as long as you like, here an hour (-s shows how it goes):

    REPORTS_FUZZ_SECONDS=3600 python -m pytest tests/test_fuzz.py -s

The same number is the same mutant as long as the good files are the same; REPORTS_FUZZ_FROM says with which one
to begin. What fails is kept in a file, one mutant for each place in the code.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from random import Random

import pytest
from msgspec import Struct

from reports.cli import scaffold, status
from reports.diagnostics.annotations import FORMATS
from reports.diagnostics.problems import Lang, Problem, ReportError, format_problem, problem_as_dict
from reports.pipeline.build import Order, chosen, make
from reports.pipeline.check import check
from reports.pipeline.read import Folders, Reading
from reports.publishing.status import survey
from reports.records.text.loader import read_file, read_folder
from reports.records.text.source_file import SourceFile
from reports.text_files import path_of, source_line
from reports.writers import office
from tests.support.mutants import mutant

ROOT = Path(__file__).parent.parent.parent
CASES = Path(__file__).parent.parent / "cases"
NOW = datetime(2023, 7, 11, 9, tzinfo=UTC)

SECONDS = float(os.environ.get("REPORTS_FUZZ_SECONDS", "0"))
FIRST = int(os.environ.get("REPORTS_FUZZ_FROM", "0"))
SAMPLE = 60
#: What takes so long is as bad as a traceback.
PATIENCE = 20
#: Of the mutants that pass the check, one in so many is built.
BUILT = 8


class House(Struct, frozen=True):
    """Folders whose files are good, by path; those below `data` were read."""

    folders: Folders
    good: dict[Path, bytes]
    sources: dict[str, SourceFile]

    def label(self, path: Path) -> str:
        return path.relative_to(self.folders.data.parent).as_posix()


Read = tuple[tuple[SourceFile, ...], tuple[Problem, ...]]


# --- the houses ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, ...]:
    """What a new secretariat begins with, our own data, and the odd but right files."""
    new = tmp_path_factory.mktemp("new") / "house"
    scaffold.init(new, NOW.date())
    ours = Folders(ROOT / "data", ROOT / "templates", tmp_path_factory.mktemp("ours"))
    cases = tmp_path_factory.mktemp("cases")
    world = (CASES / "world.yaml").read_bytes()
    good = sorted((CASES / "good").glob("*.yaml"))
    files = {f"{path.stem}/{path.name}": path.read_bytes() for path in good}
    return (
        house(Folders(new / "data", new / "templates", new / "output")),
        house(copy(ours, tmp_path_factory.mktemp("copy"))),
        house(write(cases, {"a-world.yaml": world, **files})),
    )


def write(folder: Path, data: dict[str, bytes]) -> Folders:
    for name, content in data.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Folders(folder / "data", folder / "templates", folder / "output")


def copy(folders: Folders, to: Path) -> Folders:
    for folder in (folders.data, folders.templates):
        for path in (p for p in folder.rglob("*") if p.is_file()):
            target = to / folder.name / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return Folders(to / "data", to / "templates", to / "output")


def house(folders: Folders) -> House:
    templates = folders.templates.glob("progress/*.j2")  # of a new secretariat; ours are like them
    paths = (*sorted(folders.data.rglob("*.yaml")), *sorted(templates))
    sources, _ = read_folder(folders.data)
    return House(folders, {path: path.read_bytes() for path in paths}, {file.label: file for file in sources})


# --- one mutant ---------------------------------------------------------------------------------------------


def answer(house: House, path: Path, monkeypatch: pytest.MonkeyPatch, *, build: bool) -> str:
    """What the command says, also where it stops; return how far it got."""
    try:
        return look(house, path, monkeypatch, build=build)
    except ReportError as error:
        tell(error.problems, house.folders)
        return "stopped"


def look(house: House, path: Path, monkeypatch: pytest.MonkeyPatch, *, build: bool) -> str:
    """All that `check` does with the house as it stands, where only *path* was changed; return how far it got."""
    read = partial(read_again, house, path)
    monkeypatch.setattr("reports.pipeline.read.read_folder", read)
    passed: list[Reading] = []

    def also(reading: Reading) -> Iterator[Problem]:
        passed.append(reading)
        return iter(survey.translations(house.folders, reading))

    tell(check(house.folders, NOW.date(), also), house.folders)
    for reading in passed:
        show_boards(house.folders, reading)
        if build and chosen(reading.reports, Order()):
            make(house.folders, Order(formats=("md", "html", "docx")), NOW.date())
            return "built"
    return "right" if passed else "refused"


def read_again(house: House, path: Path, _data: Path) -> Read:
    """The files as they were read before, but the changed one anew."""
    label = house.label(path)
    if label not in house.sources:
        return tuple(house.sources.values()), ()
    file, problems = read_file(path, label)
    return tuple((house.sources | {label: file}).values()), problems


def tell(problems: Sequence[Problem], folders: Folders) -> None:
    """In every form and language there is."""
    roots = {folder.name: folder for folder in (folders.data, folders.templates)}
    line, name = cache(partial(source_line, roots)), partial(path_of, roots)
    languages: tuple[Lang, ...] = ("zh", "en")
    for lang in languages:
        for problem in problems:
            assert format_problem(problem, lang, line, name)
        json.dumps([problem_as_dict(problem, lang) for problem in problems])
        for form in FORMATS.values():
            form(problems, lang, name).encode()


def show_boards(folders: Folders, reading: Reading) -> None:
    boards = survey.boards(folders, reading, Order(), NOW)
    languages: tuple[Lang, ...] = ("zh", "en")
    for lang in languages:
        for show in status._FORMS.values():
            show(boards, reading.dataset, lang)


def told(error: BaseException) -> str:
    """What went wrong, and where: the last two places in the product's own code."""
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
    ours = [place for place in places if not place.startswith("test_fuzz")]
    return f"{type(error).__name__} {' < '.join(ours[:-3:-1])}"


# --- all of them --------------------------------------------------------------------------------------------


class Run(Struct):
    """What was tried, how it ended, what is to be mended: one mutant for each place where it failed."""

    kept: Path
    begun: float
    ends: dict[str, int]
    found: dict[str, str]

    def mutants(self) -> int:
        return sum(self.ends.values())

    def seconds(self) -> float:
        return time.monotonic() - self.begun

    def __str__(self) -> str:
        ends = ", ".join(f"{count} {end}" for end, count in sorted(self.ends.items()))
        return f"{self.mutants()} mutants in {self.seconds():.0f} s ({ends}), {len(self.found)} findings"


def test_a_spoilt_house_is_told_of_in_sentences(
    houses: tuple[House, ...],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(office, "find_office", lambda: "")
    run = Run(tmp_path_factory.mktemp("found"), time.monotonic(), {}, {})
    shown = 0.0
    while run.seconds() < SECONDS or (not SECONDS and run.mutants() < SAMPLE):
        try_one(run, houses, FIRST + run.mutants(), monkeypatch)
        capsys.readouterr()
        if run.seconds() > shown + 60:
            shown = run.seconds()
            show(run, capsys)
    if SECONDS:
        show(run, capsys)
    assert run.found == {}


def show(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"{run}, the next is number {FIRST + run.mutants()}\n")
        sys.stdout.flush()


def try_one(run: Run, houses: tuple[House, ...], number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant *number*: spoil a file of a house, look, put it back."""
    rng = Random(number)  # noqa: S311 - a game
    [house] = rng.choices(houses, (6, 1, 2))  # a full check of our own data takes seconds
    path, donor = rng.choice(list(house.good)), rng.choice(list(rng.choice(houses).good.values()))
    spoilt = mutant(rng, house.good[path], donor)
    path.write_bytes(spoilt)
    before, end = time.process_time(), "failed"
    try:
        with monkeypatch.context() as patched:
            end = answer(house, path, patched, build=rng.randrange(BUILT) == 0)
    except Exception as error:  # noqa: BLE001 - to be told of, and to go on
        keep(run, told(error), number, path, spoilt, traceback.format_exc())
    finally:
        path.write_bytes(house.good[path])
    if time.process_time() - before > PATIENCE:
        keep(run, f"over {PATIENCE} s: {path.name}", number, path, spoilt, "")
    run.ends[end] = run.ends.get(end, 0) + 1


def keep(run: Run, what: str, number: int, path: Path, spoilt: bytes, trace: str) -> None:
    if what in run.found:
        return
    kept = run.kept / f"{number}-{path.name}"
    kept.write_bytes(spoilt)
    kept.with_name(f"{kept.name}.txt").write_text(f"{what}\n{path}\n{trace}", encoding="utf-8")
    run.found[what] = str(kept)
