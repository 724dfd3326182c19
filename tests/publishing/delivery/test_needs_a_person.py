"""What no waiting mends is told as an error with what to do, ends with 1, and is sent once it is mended."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from reports.pipeline.read import Folders, delivery_in
from reports.publishing.delivery.smtp import probe_server
from tests.support.sending import issue, run, states
from tests.support.smtp_server import PASSWORD, VARIABLE, Server, serving, settings_of, switch_on
from tests.support.workplace import NOW, edit

#: What is wrong with the server, and what is told of it.
SERVERS = [
    (Server(mode="refuses AUTH"), "delivery/login"),
    (Server(methods=()), "delivery/login"),
    (Server(offers_tls=False), "delivery/no-encryption"),
    (Server(cert="expired"), "delivery/certificate"),
    (Server(mode="refuses the sender"), "delivery/sender"),
]


@pytest.mark.parametrize(("server", "code"), SERVERS, ids=[code for _, code in SERVERS])
@pytest.mark.parametrize("command", ["deliver", "run-due"])
def test_a_server_that_will_never_take_it(
    house: Folders, server: Server, code: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(server):
        switch_on(house, server)
        issue(house)
        assert run(house, command) == 1
    assert f"error[{code}]" in capsys.readouterr().err
    assert set(states(house).values()) == {"pending"}  # it goes out when it is mended


def no_password(_house: Folders, _share: Path, patch: pytest.MonkeyPatch) -> None:
    patch.delenv(VARIABLE)


def no_authority(house: Folders, _share: Path, _patch: pytest.MonkeyPatch) -> None:
    edit(settings_of(house), "authority.pem", "elsewhere.pem")


def a_file_for_a_folder(_house: Folders, share: Path, _patch: pytest.MonkeyPatch) -> None:
    share.rmdir()
    share.write_text("a file", "utf-8")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (no_password, "delivery/no-password"),
        (no_authority, "delivery/authority"),
        (a_file_for_a_folder, "delivery/folder-is-file"),
    ],
)
@pytest.mark.parametrize("command", ["deliver", "run-due"])
def test_settings_that_can_never_do(
    house: Folders, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch, spoil: Callable[..., None], code: str, command: str,
) -> None:  # fmt: skip
    share = tmp_path / "share"
    share.mkdir()
    switch_on(house, server, f"folder: {{path: {share}}}\n")
    issue(house)
    spoil(house, share, monkeypatch)
    assert run(house, command) == 1
    assert f"error[{code}]" in capsys.readouterr().err


def test_what_mends_itself_is_a_warning_and_no_failure_of_a_round(
    house: Folders, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Server()) as server:
        switch_on(house, server, f"folder: {{path: {tmp_path / 'away'}}}\n")
    issue(house)  # and the server is gone
    assert run(house, "run-due") == 0
    said = capsys.readouterr().err
    assert "warning[delivery/unreachable]" in said
    assert "warning[delivery/folder-waits]" in said
    assert "error[" not in said


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_is_tried_without_sending(house: Folders, security: str) -> None:
    with serving(Server(security=security)) as server:
        switch_on(house, server)
        mail = delivery_in(house).mail
        assert mail
        assert probe_server(mail, PASSWORD) == ()
        [wrong] = probe_server(mail, "not it")
    assert wrong.code == "delivery/login"
    assert server.taken == []
    [gone] = probe_server(mail, PASSWORD)
    assert (gone.code, gone.severity) == ("delivery/unreachable", "warning")


@pytest.mark.parametrize(("server", "code"), SERVERS[:4], ids=[code for _, code in SERVERS[:4]])
def test_what_is_wrong_with_a_server_is_found_without_sending(
    house: Folders, server: Server, code: str
) -> None:
    with serving(server):
        switch_on(house, server)
        mail = delivery_in(house).mail
        assert mail
        assert [problem.code for problem in probe_server(mail, PASSWORD)] == [code]


def test_a_computer_whose_name_no_command_takes_introduces_itself_by_address(
    house: Folders, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda name="": "秘书处的电脑.局域网")
    switch_on(house, server)
    issue(house)
    assert run(house, "deliver", now=NOW) == 0
    assert set(server.introduced) == {"[127.0.0.1]"}


def test_the_doctor_tries_the_server_on_request_alone(
    house: Folders, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    switch_on(house, server)
    edit(settings_of(house), "on: true", "on: false")  # before anything is sent
    run(house, "doctor")
    assert server.connections == 0
    run(house, "doctor", "--mail")
    assert "fine   the mail server takes name and password" in capsys.readouterr().out
    assert (len(server.logins), server.taken) == (1, [])
    monkeypatch.setenv(VARIABLE, "Zq9xK")
    assert run(house, "doctor", "--mail") == 1
    said = capsys.readouterr().out
    assert "wrong  the mail server did not take name and password: 535 AUTH PLAIN" in said
    assert "Zq9xK" not in said
    monkeypatch.delenv(VARIABLE)
    assert run(house, "doctor", "--mail") == 1
    assert "wrong  the password is not where mail.password says" in capsys.readouterr().out
