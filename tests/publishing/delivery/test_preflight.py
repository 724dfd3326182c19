"""`run.py check` says what will hinder delivery from this machine, and sends nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from reports.pipeline.read import Folders
from tests.support.sending import run
from tests.support.smtp_server import PASSWORD, VARIABLE, Server, settings_of, switch_on
from tests.support.workplace import edit


@pytest.fixture
def share(house: Folders, server: Server, tmp_path: Path) -> Path:
    """Delivery is switched on, to a server and a folder."""
    found = tmp_path / "share"
    found.mkdir()
    switch_on(house, server, f"folder: {{path: {found}}}\n")
    return found


def found(house: Folders, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """What check says of delivery, and whether that ends it with 1."""
    status = run(house, "check", "--format", "json")
    problems = [p for p in json.loads(capsys.readouterr().out) if p["code"].startswith("delivery/")]
    assert status == any(p["severity"] == "error" for p in problems)
    return {f"{p['severity']} {p['code']} {p['file'].rpartition('/')[2]}" for p in problems}


def test_where_all_is_as_it_should_be_nothing_is_said_and_nothing_left(
    house: Folders, server: Server, share: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(house, capsys) == set()
    assert list(share.iterdir()) == []
    assert server.connections == 0


def test_what_this_account_or_machine_lacks_is_a_warning(
    house: Folders, share: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    (house.data.parent / "authority.pem").unlink()
    share.rmdir()
    assert found(house, capsys) == {
        "warning delivery/no-password delivery.yaml",
        "warning delivery/authority delivery.yaml",
        "warning delivery/no-folder delivery.yaml",
    }
    share.write_text("a file", "utf-8")
    assert "warning delivery/folder-is-file delivery.yaml" in found(house, capsys)


@pytest.mark.skipif(os.name == "nt", reason="permissions are other there")
def test_a_password_file_is_looked_at_and_its_password_not_shown(
    house: Folders, share: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "smtp.secret"
    edit(settings_of(house), f"{{env: {VARIABLE}}}", f"{{file: {secret}}}")
    assert found(house, capsys) == {"warning delivery/no-password delivery.yaml"}
    secret.write_text(PASSWORD, "utf-8")
    secret.chmod(0o644)
    assert run(house, "check") == 0
    said = "".join(capsys.readouterr())
    assert "delivery/open-secret" in said
    assert PASSWORD not in said
    assert str(share) not in said


def test_while_delivery_is_off_nothing_is_tried(
    house: Folders, share: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(settings_of(house), "on: true", "on: false")
    monkeypatch.delenv(VARIABLE)
    share.rmdir()
    assert found(house, capsys) == set()
