"""Every command that writes into the data folder, killed at any of its steps and simply run again.

A sample of the steps in a test run; all of them with REPORTS_ALL_STEPS.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reports.diagnostics.problems import errors
from reports.pipeline.read import read
from tests.support.killing import Forge
from tests.support.word_files import comment, f, on, p, r, word_file
from tests.support.workplace import small_house

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX knows them")

ALL = bool(os.environ.get("REPORTS_ALL_STEPS"))
SAMPLE = 6
NOW = ("--now", "2023-07-11T09:00+08:00")

RECORDS = """\
sources:
  - {id: slides, title: Slides, genre: slides}
meetings:
  - id: yearly
    title: {zh: 年度会议, en: Yearly meeting}
    date: 2023-05
    status: planned
    source: [{doc: slides}]
"""
#: As they were written in the format before: two files change.
FIGURES = """\
metrics:
  - {id: crew-2022, title: {zh: 人数, en: People}, quantity: 8, date: 2022-06, source: [{doc: slides}]}
  - {id: crew-2023, title: {zh: 人数, en: People}, quantity: 9, date: 2023-06, source: [{doc: slides}]}
"""
SHEET = """\
id,title.zh,title.en,date,status,source.doc
yearly,年度会议,Yearly meeting,2023-05,held,slides
,理事会,Board,2023-06-01,held,slides
"""
#: The lock is of the system, and what killed commands leave beside it is swept away by the next.
HIDDEN = (".lock", ".lock.holder")


@dataclass(frozen=True)
class Scene:
    """A command; *again*: the statuses it may have when all was done before it was killed."""

    name: str
    command: tuple[str, ...]
    again: tuple[int, ...] = (0,)


SCENES = (
    Scene(
        "new",
        ("new", "meetings", "--set", "id=board", "--set", "title.zh=理事会", "--set", "title.en=Board", "--set",
         "date=2023-06", "--set", "status=held", "--set", "source.doc=slides"),
        again=(0, 1),
    ),
    Scene("new report", ("new", "report", "digest"), again=(0, 1)),
    Scene("update", ("update", "yearly", "status=held", "--on", "2023-06-01", "--source", "slides", *NOW)),
    Scene(
        "import",
        ("import", "sheet.csv", "--kind", "meetings", "--on", "2023-06-01", "--source", "slides", "--yes", *NOW),
    ),
    Scene("review", ("review", "returned.docx", "--save")),
    Scene("migrate", ("migrate", *NOW)),
    Scene("init", ("init", "fresh", *NOW), again=(0, 1)),
)  # fmt: skip


@pytest.fixture(scope="module")
def forge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forge]:
    with Forge(tmp_path_factory.mktemp("forge"), {}) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A secretariat with a sheet and a report that came back."""
    root = tmp_path / "house"
    small_house(root)
    (root / "data" / "records.yaml").unlink()
    (root / "data" / "a").mkdir()
    (root / "data" / "a" / "records.yaml").write_text(RECORDS, "utf-8")
    (root / "data" / "a" / "meetings.yaml").write_text(
        RECORDS[RECORDS.index("meetings") :].replace("yearly", "other"), "utf-8"
    )
    (root / "data" / "a" / "figures.yaml").write_text(FIGURES, "utf-8")
    (root / "sheet.csv").write_text(SHEET, "utf-8")
    word_file(root / "returned.docx", p(r("In "), on(0, f(2, "May 2023"))), comments=comment(0, "Too early?"))
    return root


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name not in HIDDEN
    }


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_killed_at_any_step_nothing_is_torn_and_the_next_run_completes_it(
    scene: Scene, house: Path, forge: Forge
) -> None:
    kept = house.with_name("kept")
    shutil.copytree(house, kept)

    def set_stage() -> None:
        shutil.rmtree(house)
        shutil.copytree(kept, house)

    before = tree(house)
    count = forge.steps(house, scene.command)
    after = tree(house)
    assert after != before
    steps = (
        range(1, count + 1) if ALL else sorted({1 + n * (count - 1) // (SAMPLE - 1) for n in range(SAMPLE)})
    )
    kills = 0
    for step in steps:
        set_stage()
        kills += forge.run(house, scene.command, kill=step).killed
        for name, data in tree(house).items():
            assert name.endswith(".tmp") or data in (before.get(name), after.get(name)), (step, name)
        assert errors(read(house / "data").problems) == (), step
        ended = forge.run(house, scene.command)
        assert ended.status in scene.again, (step, ended)
        assert tree(house) == after, (step, ended)
        assert not list(house.rglob(".lock.holder")), step
    assert kills >= 3
