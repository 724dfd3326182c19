"""Messages over SMTP: encrypted and to the right server, or not at all.

What became of a message is one of four: sent (the server's 250), refused for good, to be tried again, or unknown.
It is unknown only when the connection ends between the final dot and the answer to it. No exception of this module
and no answer it returns holds the password.
"""

from __future__ import annotations

import base64
import os
import re
import smtplib
import ssl
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.delivery_settings import Mail, Secret

Outcome = Literal["sent", "failed", "pending", "unknown"]


class Answer(Struct, frozen=True):
    """What became of one message, and what the server said. *stuck*: why waiting alone does not help."""

    outcome: Outcome
    said: str
    stuck: Problem | None = None


class NotConnectedError(ReportError):
    """No server takes messages now: what goes to one can wait, and so can all that goes there."""


class Session:
    """An open connection that took the name and password."""

    def __init__(self, client: smtplib.SMTP, mail: Mail, password: str) -> None:
        self._client, self._mail, self._password = client, mail, password

    def send(self, sender: str, to: str, message: bytes, before_dot: Callable[[], None]) -> Answer:
        """Send *message* to one recipient; *before_dot* is called when all but the final dot is on its way.

        Until then nobody can have got it. What *before_dot* raises stops the sending.
        """
        dotted = False
        try:
            refusal = self._offer(sender, to, message)
            if refusal:
                return refusal
            self._nothing_said()
            before_dot()
            dotted = True
            return self._finish()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._hang_up()
            outcome: Outcome = "unknown" if dotted else "pending"
            return Answer(outcome, self._scrubbed(_what(error)))
        except BaseException:
            self._hang_up()  # without the final dot, the server forgets what it has
            raise

    def ask_nothing(self) -> None:
        """Ask whether the server is there still. Raises NotConnectedError."""
        try:
            code, said = self._client.noop()
        except (smtplib.SMTPException, OSError) as error:
            raise _not_connected(self._mail, _what(error), self._password) from None
        if code != 250:
            raise _not_connected(self._mail, self._words(code, said), self._password)

    def _offer(self, sender: str, to: str, message: bytes) -> Answer | None:
        """Everything up to the final dot; an answer only where the server does not want it."""
        if self._client.sock is None:
            raise smtplib.SMTPServerDisconnected("connection lost")
        steps = (f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA")
        for step, wanted in zip(steps, ((250,), (250, 251), (354,)), strict=True):
            code, said = self._client.docmd(step)
            if code not in wanted:
                self._reset()
                return _refusal(step, code, self._words(code, said))
        self._client.send(stuffed(message))
        return None

    def _nothing_said(self) -> None:
        """A server that hung up, or speaks before its turn, does not get the final dot."""
        assert self._client.sock
        self._client.sock.setblocking(False)
        with suppress(BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            early = self._client.sock.recv(1)
            raise smtplib.SMTPServerDisconnected("spoke too early" if early else "connection lost")
        self._client.sock.settimeout(self._mail.timeout)

    def _finish(self) -> Answer:
        assert self._client.sock
        self._client.sock.settimeout(self._mail.final)
        self._client.send(b".\r\n")
        code, said = self._client.getreply()
        self._client.sock.settimeout(self._mail.timeout)
        outcomes: dict[int, Outcome] = {4: "pending", 5: "failed"}
        outcome = "sent" if code == 250 else outcomes.get(code // 100, "unknown")
        return Answer(outcome, self._words(code, said))

    def _reset(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._client.docmd("RSET")

    def _hang_up(self) -> None:
        self._client.close()

    def _words(self, code: int, said: bytes) -> str:
        return self._scrubbed(f"{code} {said.decode('utf-8', 'replace')}")

    def _scrubbed(self, text: str) -> str:
        return scrubbed(text, self._password, self._mail)


def _refusal(step: str, code: int, said: str) -> Answer:
    """For good where the recipient or the message is not wanted. What is wrong with the sender is wrong with every
    message: they wait until it is mended."""
    if not 500 <= code < 600:
        return Answer("pending", said)
    if not step.startswith("MAIL"):
        return Answer("failed", said)
    return Answer("pending", said, Problem(Where("delivery.yaml"), "delivery/sender", {"detail": said}))


def probe_server(mail: Mail, password: str) -> tuple[Problem, ...]:
    """Connect, encrypt, verify, log in, ask for nothing, and leave; return what is wrong. Nothing is sent."""
    try:
        with connected(mail, password) as session:
            session.ask_nothing()
    except ReportError as error:
        return error.problems
    return ()


@contextmanager
def connected(mail: Mail, password: str) -> Iterator[Session]:
    """Connect, encrypt, verify, log in. Raises NotConnectedError when any of it fails: by then neither the password nor
    a message has been sent in clear. Its problem is a warning where waiting may help, else an error."""
    try:
        client = _connect(mail)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _not_connected(mail, _what(error), password, _CAUSES.get(type(error), "")) from None
    try:
        _log_in(client, mail, password)
        yield Session(client, mail, password)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            if client.sock is not None:
                client.sock.settimeout(5)  # what was answered is answered
                client.docmd("QUIT")
        client.close()


def _connect(mail: Mail) -> smtplib.SMTP:
    context = trusted(mail)
    host, port = mail.at
    given: dict[str, Any] = {"timeout": mail.timeout, "local_hostname": "localhost"}
    if mail.security == "tls":
        client: smtplib.SMTP = smtplib.SMTP_SSL(host, port, context=context, **given)
    else:
        client = smtplib.SMTP(host, port, **given)
    try:
        client.local_hostname = _own_name(client)
        if mail.security == "starttls":
            client.starttls(context=context)  # raises where the server does not offer it
        client.ehlo_or_helo_if_needed()
        _is_encrypted(client)
    except BaseException:
        client.close()
        raise
    return client


def trusted(mail: Mail) -> ssl.SSLContext:
    """Whose certificates verify. Raises NotConnectedError where those of an authority of one's own cannot be read."""
    try:
        return ssl.create_default_context(cafile=mail.authority or None)
    except OSError as error:
        raise _not_connected(mail, _what(error), "", "delivery/authority") from None


def _own_name(client: smtplib.SMTP) -> str:
    """How we introduce ourselves: by address, as RFC 5321 (4.1.3) has it for who has no name there. That of the computer
    may hold letters no command takes, and to ask for it may take seconds."""
    assert client.sock
    host = str(client.sock.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{host}]" if ":" in host else f"[{host}]"


def _is_encrypted(client: smtplib.SMTP) -> None:
    if not isinstance(client.sock, ssl.SSLSocket):
        raise smtplib.SMTPNotSupportedError("the connection is not encrypted")


def _log_in(client: smtplib.SMTP, mail: Mail, password: str) -> None:
    """`smtplib` keeps what it sends in its exceptions, and takes ASCII only; so this is done here."""
    if not mail.user:
        return
    offered = client.esmtp_features.get("auth", "").upper().split()
    method = next((name for name in ("PLAIN", "LOGIN") if name in offered), "")
    try:
        code, said = _METHODS[method](client, mail.user, password)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _not_connected(mail, _what(error), password) from None
    if code != 235:  # what a server says here may repeat the password, in whatever form: it is not kept
        told = f"{code} AUTH {method}" if method else said.decode()
        raise _not_connected(mail, told, password, "" if 400 <= code < 500 else "delivery/login")


def _plain(client: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    return client.docmd("AUTH", "PLAIN " + _base64(f"\0{user}\0{password}"))


def _login(client: smtplib.SMTP, user: str, password: str) -> tuple[int, bytes]:
    answer = client.docmd("AUTH", "LOGIN")
    for word in (user, password):
        if answer[0] == 334:
            answer = client.docmd(_base64(word))
    return answer


def _none(_client: smtplib.SMTP, _user: str, _password: str) -> tuple[int, bytes]:
    return 0, b"the server offers neither AUTH PLAIN nor AUTH LOGIN"


_METHODS = {"PLAIN": _plain, "LOGIN": _login, "": _none}


def stuffed(message: bytes) -> bytes:
    """Double the dots at the beginning of lines, and end in one line end, as SMTP wants."""
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended)


# --- secrets ----------------------------------------------------------------------------------------------


def password_of(secret: Secret | None, tell: Callable[[Problem], None]) -> str:
    """Read the password from where it is; tell when others can read it too. Raises ReportError."""
    if secret is None:
        return ""
    if secret.env:
        found = os.environ.get(secret.env, "")
    else:
        found = _first_line(Path(secret.file))
        if os.name != "nt" and found and Path(secret.file).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            tell(Problem(Where("delivery.yaml"), "delivery/open-secret", severity="warning"))
    if not found:
        raise ReportError(Problem(Where("delivery.yaml"), "delivery/no-password"))
    return found


def _first_line(path: Path) -> str:
    try:
        if not path.is_file():  # a pipe would never end
            return ""
        return path.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError):
        return ""


def scrubbed(text: str, password: str, mail: Mail) -> str:
    """*text* on one line, short, without the password in any form a server may repeat it in, and without what
    the settings say."""
    forms = {password, _base64(password), *_plain_forms(password)} if password else set()
    for secret in sorted(forms | mail.typed, key=len, reverse=True):
        text = text.replace(secret, "…")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def _plain_forms(password: str) -> Iterator[str]:
    """The base64 of AUTH PLAIN depends on how many bytes stand before the password."""
    for before in range(3):
        whole = _base64("\0" * before + password)
        yield whole[4 if before else 0 :].rstrip("=")[:-1] or whole


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


#: What no waiting mends, by what Python raises.
_CAUSES: Mapping[type[Exception], str] = {
    ssl.SSLCertVerificationError: "delivery/certificate",
    smtplib.SMTPNotSupportedError: "delivery/no-encryption",
}


def _not_connected(mail: Mail, detail: str, password: str, stuck: str = "") -> NotConnectedError:
    told, code = {"detail": scrubbed(detail, password, mail)}, stuck or "delivery/unreachable"
    return NotConnectedError(
        Problem(Where("delivery.yaml"), code, told, severity="error" if stuck else "warning")
    )


def _what(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__
