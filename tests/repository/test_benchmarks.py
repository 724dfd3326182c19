"""The benchmarks' generated briefings are valid, equal every time, and the product builds them. Nothing is timed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from benchmarks import run
from benchmarks.generate import SIZES, Size, generate
from benchmarks.peers import records
from reports.diagnostics.problems import errors
from reports.pipeline import build
from reports.pipeline.check import check
from reports.pipeline.read import Folders

TODAY = dt.date(2024, 1, 1)
SMALL = SIZES["S"]


def folders(folder: Path) -> Folders:
    return Folders(folder / "data", folder / "templates", folder / "out")


@pytest.mark.parametrize("size", [SMALL, Size(100, 30)])
def test_generated_data_is_valid(tmp_path: Path, size: Size) -> None:
    generate(tmp_path, size)

    assert not errors(check(folders(tmp_path), TODAY))


def test_the_same_size_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        generate(tmp_path / name, SMALL)
    first, second = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("a", "b")
    )

    assert first == second


def test_the_product_builds_the_small_size_in_both_languages(tmp_path: Path) -> None:
    generate(tmp_path, SMALL)

    made = build.build(folders(tmp_path), build.Order(formats=("docx",)), TODAY)

    documents = [path for path in made if path.suffix == ".docx"]
    assert len(documents) == 2
    for path in documents:
        rows, pictures, letters = run.contents(path)
        assert (rows, pictures) == (14, 3)  # the box around the summary is a table of one row
        assert letters > 1000


def test_the_peers_tell_every_record(tmp_path: Path) -> None:
    generate(tmp_path, Size(100, 30))

    told = records.report(tmp_path / "data")

    assert sum(len(theme["meetings"]) for theme in told["themes"]) == 35
    assert (len(told["discussions"]), len(told["values"])) == (10, 30)


def test_a_slope_is_the_exponent_of_growth() -> None:
    assert run.slope({n: 3e-4 * n**1.5 for n in (500, 1000, 4000)}) == pytest.approx(1.5)
