"""A mail server on loopback that can fail on purpose, and certificates good and bad, for the tests of delivery."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from reports.pipeline.read import Folders

USER, PASSWORD = "reports", 'hunter2-密码-p"w'
#: The environment variable that holds it.
VARIABLE = "REPORTS_TEST_PASSWORD"
#: Who gets the memo of `house`, and who is told: put in for its line "issues_before".
RECIPIENTS = """\
    issues_before: 17
    recipients:
      leadership:
        - {name: {zh: 王主任, en: Director Wang}, address: wang@example.org}
        - {name: {zh: 李主任, en: Director Li}, address: li@example.org}
      editors: [{name: {zh: 编辑部, en: Editors}, address: editors@example.org}]
      secretariat: [{name: {zh: 秘书处, en: Office}, address: office@example.org, lang: en}]
"""


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


@cache
def certificate(kind: str) -> trustme.LeafCert:
    """One that verifies for 127.0.0.1 (good), or one that does not."""
    if kind == "wrong host":
        return _authority().issue_cert("mail.example.org")
    if kind == "expired":
        return _authority().issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC))
    if kind == "stranger":
        return trustme.CA().issue_cert("127.0.0.1")
    return _authority().issue_cert("127.0.0.1")


def authority(folder: Path) -> Path:
    """The certificate of our authority, as a file."""
    path = folder / "authority.pem"
    _authority().cert_pem.write_to_path(str(path))
    return path


@dataclass
class Server:
    """What a server is to do, and what it saw.

    *mode* names how it fails: see `_Handler` and `_Protocol`; *script* does so for the next connections, one after
    the other. *clear*: every byte before TLS. *taken*: the messages it has in whole, whatever it answered, as
    (recipient, message).
    """

    security: str = "starttls"
    cert: str = "good"
    offers_tls: bool = True
    mode: str = ""
    script: list[str] = field(default_factory=list)
    refuses: frozenset[str] = frozenset()
    methods: tuple[str, ...] = ("PLAIN", "LOGIN")
    port: int = 0
    clear: bytearray = field(default_factory=bytearray)
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    introduced: list[str] = field(default_factory=list)
    connections: int = 0

    @property
    def ids(self) -> list[str]:
        """The Message-ID of every message, in order."""
        return [str(message["Message-ID"]) for _, message in self.taken]

    def context(self, cert: str = "") -> ssl.SSLContext:
        """Its side of TLS."""
        found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate(cert or self.cert).configure_cert(found)
        return found


def _cut(smtp: SMTP) -> None:
    """End the connection without a word."""
    assert isinstance(smtp.transport, asyncio.Transport)
    smtp.transport.abort()


_GARBAGE = "\x01\x02 what?"
#: Modes in which a server does not greet as it should: what it says instead.
_GREETINGS = {"is busy": "421 come again", "garbage at once": _GARBAGE}


class _Handler:
    def __init__(self, server: Server, mode: str) -> None:
        self.server, self.mode = server, mode

    async def handle_MAIL(  # noqa: N802 - the server's own name
        self, _smtp: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mode == "refuses the sender":
            return f"550 {address} is not yours"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _smtp: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mode == "garbage before the dot":
            return _GARBAGE
        if self.mode == "greylists":
            return "451 later"
        if self.mode == "refuses the recipient" or address in self.server.refuses:
            return f"550 no {address} here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, smtp: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """All is here, the final dot too."""
        answers = {"rejects the message": "554 spam", "cannot now": "452 full"}
        if self.mode in answers:
            return answers[self.mode]
        if not self.mode.endswith("before taking"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.server.raw.append(content)
            self.server.taken.append((envelope.rcpt_tos[0], message_from_bytes(content, policy=default)))
        if self.mode in {"drops after the dot", "drops before taking"}:
            _cut(smtp)
        if self.mode in {"stalls after the dot", "stalls before taking"}:
            await asyncio.sleep(20)
        if self.mode == "half an answer":
            assert isinstance(smtp.transport, asyncio.Transport)
            smtp.transport.write(b"25")
            smtp.transport.close()
        return _GARBAGE if self.mode == "garbage after the dot" else "250 taken"


class _Protocol(SMTP):
    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop) -> None:
        self.mode = server.script.pop(0) if server.script else server.mode
        offers = server.security == "starttls" and server.offers_tls and self.mode != "no STARTTLS"
        tls = server.context("stranger" if self.mode == "bad certificate" else "") if offers else None
        out = {"PLAIN", "LOGIN"} - set(server.methods)
        super().__init__(
            _Handler(server, self.mode), hostname="loopback", tls_context=tls, loop=loop,
            authenticator=self._allows, auth_require_tls=server.security == "starttls",
            auth_exclude_mechanism=out,
        )  # fmt: skip
        self.post_office = server
        self._greeted = False

    def _allows(self, _smtp: Any, _session: Any, _envelope: Any, _method: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.post_office.logins.append((data.login, data.password))
        good = data == LoginPassword(USER.encode(), PASSWORD.encode()) and self.mode != "refuses AUTH"
        if self.mode == "repeats the password":
            said = data.password.decode().encode("ascii", "replace").decode()
            return AuthResult(success=False, handled=False, message=f"535 not {said} hunter2-")
        return AuthResult(success=good, handled=False)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.post_office.connections += 1
        super().connection_made(transport)
        if self.mode == "hangs up at once":
            _cut(self)

    def data_received(self, data: bytes) -> None:
        if self.session is None or (self.session.ssl is None and self.post_office.security == "starttls"):
            self.post_office.clear += data
        super().data_received(data)

    async def push(self, status: Any) -> None:
        greeting = _GREETINGS.get(self.mode, status)
        said, self._greeted = (status if self._greeted else greeting), True
        await super().push(said)

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802
        if self.mode == "stalls at once":
            await asyncio.sleep(20)
        self.post_office.introduced.append(hostname)
        await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        if self.mode == "garbage for TLS":
            await self.push("220 go on")
            await self.push(_GARBAGE)
            return
        await super().smtp_STARTTLS(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.mode == "stalls before the dot":
            await asyncio.sleep(20)
        if self.mode == "drops at DATA":
            _cut(self)
            return
        if self.mode == "drops before the dot":
            await self.push("354 go on")
            await self._reader.readuntil(b"\r\n\r\n")
            _cut(self)
            return
        await super().smtp_DATA(arg)


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Run *server* in a thread of its own."""
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda _loop, _context: None)
    ready, over = threading.Event(), asyncio.Event()

    async def main() -> None:
        tls = server.context() if server.security == "tls" else None
        listening = await loop.create_server(lambda: _Protocol(server, loop), "127.0.0.1", 0, ssl=tls)
        server.port = listening.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        listening.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(main(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()


def settings_of(house: Folders) -> Path:
    """Where its settings of delivery stand: beside the data."""
    return house.data.parent / "delivery.yaml"


def switch_on(house: Folders, server: Server, more: str = "") -> None:
    """Write delivery.yaml: to *server*, and to what *more* says."""
    settings_of(house).write_text(
        f"""\
on: true
mail:
  server: 127.0.0.1
  port: {server.port}
  security: {server.security}
  from: {{name: {{zh: 秘书处, en: Secretariat}}, address: reports@example.org}}
  user: {USER}
  password: {{env: {VARIABLE}}}
  authority: {authority(house.data.parent)}
  timeout: 2
  final: 2
{more}""",
        "utf-8",
    )
