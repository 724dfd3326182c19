"""The house of these tests, and the mail server it sends to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports.pipeline.read import Folders
from tests.support.sending import build
from tests.support.smtp_server import PASSWORD, RECIPIENTS, VARIABLE, Server, serving
from tests.support.workplace import NOW, edit, small_house


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with leaders, its draft built; delivery not switched on."""
    folder = tmp_path_factory.mktemp("drafted") / "house"
    house = small_house(folder)
    edit(house.data / "reports.yaml", "    issues_before: 17\n", RECIPIENTS)
    build(house, NOW)
    return folder


@pytest.fixture
def house(tmp_path: Path, drafted: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """The same for each test."""
    shutil.copytree(drafted, tmp_path / "house")
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.setenv("REPORTS_LANG", "en")
    return Folders(*(tmp_path / "house" / name for name in ("data", "templates", "output")))


@pytest.fixture
def server() -> Iterator[Server]:
    """A mail server that does as it should."""
    with serving(Server()) as running:
        yield running
