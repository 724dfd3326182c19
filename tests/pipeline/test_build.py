"""The whole pipeline: same input, same bytes; a killed run leaves the old file or the new one."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from reports.diagnostics.problems import ReportError
from reports.pipeline import build
from reports.pipeline.read import Folders

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2023, 7, 1)


def copy_of_the_house(folder: Path) -> Path:
    """Data and templates in a folder of their own."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def digests(folder: Path) -> dict[str, str]:
    """Every file below *folder* with its digest; the cache and what the product remembers left out."""
    hidden = {".cache", ".state"}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not hidden & {*path.parts})
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def run_build(house: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, as the job does."""
    command = [
        sys.executable,
        str(ROOT / "run.py"),
        "build",
        "--now",
        environment.pop("now", "2023-07-01T08:00"),
    ]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, cwd=house, env=settings, capture_output=True, text=True, check=True)


# --- same input, same bytes -------------------------------------------------------------------------------


def test_two_builds_are_equal_on_other_days_in_other_folders_zones_and_languages(tmp_path: Path) -> None:
    """Word, Markdown and pictures: byte for byte, nothing taken from a cache."""
    here, there = copy_of_the_house(tmp_path / "here"), copy_of_the_house(tmp_path / "über there 那里")
    run_build(here, TZ="Asia/Shanghai", LC_ALL="C.UTF-8", PYTHONHASHSEED="1", HOME=str(tmp_path))
    run_build(there, TZ="America/New_York", LANG="zh_CN.GBK", PYTHONHASHSEED="2", now="2031-01-31T23:59")
    assert digests(here / "output") == digests(there / "output")
    assert len(digests(here / "output")) >= 8


def test_a_picture_from_the_cache_is_the_picture_that_was_drawn(tmp_path: Path) -> None:
    """The cache changes the time a build takes and nothing else."""
    house = copy_of_the_house(tmp_path)
    run_build(house)
    drawn = digests(house / "output")
    shutil.rmtree(house / "output" / "ccicc-briefing")
    run_build(house)
    assert digests(house / "output") == drawn


def test_one_changed_field_changes_its_text_only(tmp_path: Path) -> None:
    """The difference between two Word files is the field that was edited (and where later lines moved to)."""
    house = copy_of_the_house(tmp_path)
    folders = Folders(house / "data", house / "templates", house / "output")
    order = build.Order(languages=("zh",), formats=("docx",))
    build.build(folders, order, TODAY)
    file = house / "output/ccicc-briefing/2023/ccicc-briefing-2023.zh.docx"
    before = parts_of(file)
    events = house / "data/ccicc/events.yaml"
    events.write_text(events.read_text("utf-8").replace("attendance: 110余", "attendance: 120余"), "utf-8")
    build.build(folders, order, TODAY)
    after = parts_of(file)
    changed = {name for name in before if before[name] != after[name]}
    assert {"word/document.xml", "customXml/item1.xml"} <= changed
    assert changed <= {
        name for name in before if name.startswith(("word/document", "word/media", "customXml"))
    }
    assert (
        after["word/document.xml"].replace("120余".encode(), "110余".encode()) == before["word/document.xml"]
    )


def parts_of(file: Path) -> dict[str, bytes]:
    """The parts of a Word file by name."""
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


# --- killed -----------------------------------------------------------------------------------------------


def test_a_killed_build_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Killed at random moments of a run: every file is one of the two whole ones, and the next run cleans up."""
    house = copy_of_the_house(tmp_path)
    run_build(house)
    old = digests(house / "output")
    events = house / "data/ccicc/events.yaml"
    events.write_text(events.read_text("utf-8").replace("attendance: 110余", "attendance: 120余"), "utf-8")
    reference = copy_of_the_house(tmp_path / "reference")
    shutil.copy(events, reference / "data/ccicc/events.yaml")
    started = time.monotonic()
    run_build(reference)
    whole = time.monotonic() - started
    new = digests(reference / "output")
    moments = random.Random(7)  # noqa: S311 - moments to kill at, no secret
    for _ in range(12):
        kill_after(house, moments.uniform(0.5, 1.0) * whole)
        for name, digest in digests(house / "output").items():
            if not Path(name).name.startswith("."):
                assert digest in (old.get(name), new[name]), name
    run_build(house)
    assert digests(house / "output") == new


def kill_after(house: Path, seconds: float) -> None:
    """Start a build and kill it after *seconds*, unless it has ended before."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(ROOT / "run.py"), "build", "--now", "2023-07-01"]
    run = subprocess.Popen(
        command, cwd=house, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        run.wait(seconds)
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()


# --- what a run reads -------------------------------------------------------------------------------------


def test_a_picture_that_is_there_takes_the_place_of_the_placeholder(tmp_path: Path) -> None:
    """An editor puts a photo into the data folder and names it: the next report shows it."""
    house = copy_of_the_house(tmp_path)
    Image.new("RGB", (400, 300), "navy").save(house / "data/ccicc/charter.jpg")
    figures = house / "data/ccicc/figures.yaml"
    text = figures.read_text("utf-8")
    figures.write_text(
        text.replace("  - id: figure-charter\n", "  - id: figure-charter\n    file: ccicc/charter.jpg\n")
    )
    folders = Folders(house / "data", house / "templates", house / "output")
    made = build.build(folders, build.Order(languages=("zh",)), TODAY)
    assert any(path.name.endswith("fig-alliance-1.png") for path in made)


def test_a_missing_picture_stops_the_build_and_is_named(tmp_path: Path) -> None:
    """A file that is named but not there is an error, at the figure that shows it."""
    house = copy_of_the_house(tmp_path)
    figures = house / "data/ccicc/figures.yaml"
    text = figures.read_text("utf-8")
    figures.write_text(
        text.replace("  - id: figure-charter\n", "  - id: figure-charter\n    file: ccicc/none.jpg\n")
    )
    folders = Folders(house / "data", house / "templates", house / "output")
    with pytest.raises(ReportError, match=r"there is no file 'ccicc/none.jpg' in the data folder"):
        build.build(folders, build.Order(), TODAY)
    assert not (house / "output" / "ccicc-briefing").exists()
