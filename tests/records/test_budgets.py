"""What data files and pictures may take, measured: the table in SECURITY.md is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from reports.charts.photos import load_picture
from reports.diagnostics.problems import ReportError, Where
from reports.records.text.loader import read_file
from tests.support.bounded import peak_of


def read_yaml(path: Path) -> None:
    """What a child process calls: a file that is refused, or the values of which are few."""
    read_file(path, "data/p/a.yaml")


def read_picture(path: Path) -> None:
    load_picture(path.parent, path.name, "", Where("a.yaml", 1))


HEAVY = {
    "values": "themes:\n" + "- a\n" * 1_200_000,
    "keys": "themes: {" + "a," * 2_400_000 + "}",
    "brackets": "[" * 4_900_000,
    "repetitions": "a: &a [b]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)),
    "hashes": "themes: " + " #" * 2_400_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_data_file_of_the_largest_size_takes_little_time_and_memory(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.yaml").write_text(HEAVY[name], "utf-8")
    seconds, megabytes = peak_of(__name__, "read_yaml", tmp_path / "a.yaml")
    assert (seconds < 120, megabytes < 1500) == (True, True), (seconds, megabytes)


def test_a_picture_of_more_pixels_than_are_read_is_not_decoded(tmp_path: Path) -> None:
    Image.new("1", (8_000, 8_000)).save(tmp_path / "a.png")
    seconds, megabytes = peak_of(__name__, "read_picture", tmp_path / "a.png")
    assert (seconds < 60, megabytes < 300) == (True, True), (seconds, megabytes)
    with pytest.raises(ReportError, match="too large"):
        read_picture(tmp_path / "a.png")
