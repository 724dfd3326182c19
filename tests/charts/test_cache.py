"""The cache of pictures: one file an entry, whole or ignored, and renamed by all that decides how it looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.charts import Cache, draw
from reports.charts.cache import key_of
from reports.document.drawings import ChartRequest, Drawing
from tests.support.chart_records import CHINA, REFERENCE, request

DRAWING = Drawing(b"png\n\0bytes", 15.6, 4.25, "一句话，\n两行", b"<svg>")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path, Path.write_bytes)


def entry(cache: Cache) -> Path:
    [path] = cache.folder.iterdir()
    return path


@pytest.mark.parametrize("drawing", [DRAWING, Drawing(b"png", 1.0, 2.0, "", None)])
def test_what_is_put_is_found(cache: Cache, drawing: Drawing) -> None:
    cache.put("key", drawing)

    assert cache.get("key") == drawing


def test_nothing_is_found_under_another_key(cache: Cache) -> None:
    cache.put("key", DRAWING)

    assert cache.get("other") is None


def test_a_folder_that_is_not_there_is_an_empty_cache(tmp_path: Path) -> None:
    assert Cache(tmp_path / "none", Path.write_bytes).get("key") is None


@pytest.mark.parametrize("damage", [
    lambda data: b"", lambda data: data[:-1], lambda data: data + b"x", lambda data: data.replace(b"png", b"gnp"),
    lambda data: b"no entry at all", lambda data: b"\n\n", lambda data: bytes(reversed(data)),
])  # fmt: skip
def test_a_damaged_entry_is_ignored(cache: Cache, damage: object) -> None:
    cache.put("key", DRAWING)
    assert callable(damage)
    entry(cache).write_bytes(damage(entry(cache).read_bytes()))

    assert cache.get("key") is None


def test_a_damaged_entry_is_drawn_anew(cache: Cache) -> None:
    drawing = draw(request("shares", CHINA), cache)
    whole = entry(cache).read_bytes()
    entry(cache).write_bytes(whole[: len(whole) // 2])

    assert draw(request("shares", CHINA), cache) == drawing
    assert entry(cache).read_bytes() == whole


def test_the_writer_gets_each_picture_once(tmp_path: Path) -> None:
    written: list[Path] = []

    def write(path: Path, data: bytes) -> None:
        written.append(path)
        path.write_bytes(data)

    for _ in range(3):
        draw(request("shares", CHINA), Cache(tmp_path, write))

    assert [path.parent for path in written] == [tmp_path]


@pytest.mark.parametrize("other", [
    request("shares", REFERENCE), request("shares", CHINA, REFERENCE), request("shares", CHINA, lang="en"),
    request("shares", CHINA, width=12.0), request("shares", CHINA, title="标题"),
])  # fmt: skip
def test_another_request_is_another_entry(cache: Cache, other: ChartRequest) -> None:
    draw(request("shares", CHINA), cache)
    draw(other, cache)

    assert len(list(cache.folder.iterdir())) == 2


def test_another_release_of_a_library_is_another_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    from reports.charts import cache as room  # noqa: PLC0415

    before = key_of("rows")
    room._drawn_by.cache_clear()
    monkeypatch.setattr(room, "_releases", lambda installed: ("matplotlib-99.dist-info",))

    assert key_of("rows") != before
    room._drawn_by.cache_clear()


def test_releases_are_read_from_the_names_of_folders_and_else_from_metadata(tmp_path: Path) -> None:
    from reports.charts.cache import _releases  # noqa: PLC0415

    names = [f"{name}-1.{n}.dist-info" for n, name in enumerate(("Pillow", "matplotlib", "numpy", "other"))]
    for name in names:
        (tmp_path / name).mkdir()
    asked = _releases(tmp_path)
    assert [line.split()[0] for line in asked] == ["matplotlib", "numpy", "pillow", "pylopdf_fonts_zh_cn"]

    (tmp_path / "pylopdf_fonts_zh_cn-2.dist-info").mkdir()
    assert _releases(tmp_path) == (*names[:3], "pylopdf_fonts_zh_cn-2.dist-info")
