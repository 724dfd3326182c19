"""How the preview begins: in the browser where that is wished, with an eye on folders nobody reports on."""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from reports import volumes
from reports.pipeline.read import Folders
from reports.preview import app, server
from reports.preview.state import PageMaker

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@contextmanager
def preview(house: Path, *options: str, **environment: str) -> Iterator[str]:
    """A preview of *house* and its address."""
    command = [sys.executable, str(ROOT / "run.py"), "preview", "--port", "0", *options]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    with subprocess.Popen(command, cwd=house, env=settings, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.posix
def test_it_opens_in_the_browser_when_asked_to(house: Path) -> None:
    """A console of Windows makes no link of an address."""
    browser = house / "browser"
    browser.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(house / 'opened')!r}, 'w').write(sys.argv[1])\n"
    )
    browser.chmod(0o755)

    with preview(house, "ccicc-briefing", "--open", BROWSER=f"{browser} %s") as address:
        said = house / "opened"
        ask(address)
        assert said.read_text() == address
        said.unlink()
    with preview(house, BROWSER=f"{browser} %s") as address:
        ask(address)
        assert not said.exists()


def test_a_saved_file_is_seen_by_looking_too(house: Path) -> None:
    """On a network drive nobody tells of a change."""
    with preview(house, "--poll") as address:
        events = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        events.request("GET", "/events")
        told = events.getresponse()
        first = version_of(told)
        (house / "data" / "note.yaml").write_text("events: []\n", "utf-8")
        assert version_of(told) != first
        events.close()


def ask(address: str) -> None:
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.netloc, timeout=60)
    connection.request("GET", place.path)
    assert connection.getresponse().status == 200
    connection.close()


def version_of(told: http.client.HTTPResponse) -> bytes:
    """The next version that is told."""
    return next(line for line in iter(told.readline, b"") if line.startswith(b"data:"))


@pytest.mark.parametrize(("polling", "expected"), [(True, True), (False, None)])
def test_folders_are_looked_through_only_when_nobody_tells(
    house: Path, monkeypatch: pytest.MonkeyPatch, polling: bool, expected: bool | None
) -> None:
    """Else the variable of watchfiles decides, as it is documented there."""
    asked: list[dict[str, Any]] = []

    async def awatch(*_folders: Path, **options: Any) -> AsyncIterator[None]:
        asked.append(options)
        yield

    monkeypatch.setattr(app, "awatch", awatch)
    pages = PageMaker(folders_of(house), date.today)
    asyncio.run(app._watch(pages, app.Hub(), asyncio.Event(), polling=polling))

    assert [options["force_polling"] for options in asked] == [expected]


@pytest.mark.posix
@pytest.mark.parametrize("folder", ["data", "templates"])
def test_a_folder_of_another_machine_is_looked_through(
    house: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """As far as the system says that it is one."""
    folders = folders_of(house)
    assert not server._is_remote(folders)

    mounts = house / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n//server/share {house / folder} cifs rw 0 0\n", "utf-8")
    monkeypatch.setattr(volumes, "_MOUNTS", mounts)
    assert server._is_remote(folders)


def folders_of(house: Path) -> Folders:
    return Folders(house / "data", house / "templates", house / "output")
