"""A letter as a message of the mail: headers, a text and an HTML part, attachments. Same letter, same bytes.

What would break out of a header is refused; odd names and Chinese subjects are encoded by `email`, so that they
decode to what was meant.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime

from msgspec import Struct

from reports.diagnostics.problems import Problem, ReportError, Where

#: Subtypes of application/… by a file's ending.
_TYPES = {
    "docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "pdf",
}
_POLICY: EmailPolicy[EmailMessage] = SMTP.clone(cte_type="7bit")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: Bytes of a line that every server takes (RFC 5322, 2.1.1); `email` folds all but long words in names.
_LONGEST_LINE = 998


class Party(Struct, frozen=True):
    """Somebody with a name and an address."""

    name: str
    address: str


class Letter(Struct, frozen=True):
    """One message to one recipient; *files* are attached by name. *lang* is a language tag of the web."""

    id: str
    date: datetime
    sender: Party
    to: Party
    subject: str
    text: str
    html: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    lang: str = "zh-CN"


def message_bytes(letter: Letter) -> bytes:
    """Return the message as it goes over the wire, lines ending in CR LF. Raises ReportError."""
    try:
        made = _message(letter).as_bytes()
    except (ValueError, UnicodeError) as error:
        raise unmade(f"{type(error).__name__}: {error}") from None
    head = made.partition(b"\r\n\r\n")[0]
    if too_long := next((line for line in head.split(b"\r\n") if len(line) > _LONGEST_LINE), b""):
        raise unmade(f"{too_long[:40].decode('ascii', 'replace')}… > {_LONGEST_LINE}")
    return made


def unmade(detail: str) -> ReportError:
    """What to tell of a message that cannot be made."""
    return ReportError(Problem(Where(""), "delivery/unmade", {"detail": detail}))


def ascii_address(address: str) -> str:
    """Return *address* as every server takes it, its domain in ASCII. Raises ReportError where that cannot be."""
    local, _, domain = address.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not host or not local.isascii():
        raise unmade(f"'{address}' has letters that mail servers do not take")
    return f"{local}@{host}"


def sender_address(address: str) -> str:
    """Return the *address* of the sender as every server takes it. Raises ReportError."""
    with _unnamed_sender():
        return ascii_address(address)


@contextmanager
def _unnamed_sender() -> Iterator[None]:
    """What is wrong with the sender is told without repeating what delivery.yaml says."""
    try:
        yield
    except ReportError:
        raise unmade("mail.from in delivery.yaml has letters that messages do not take") from None


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage(_POLICY)
    with _unnamed_sender():
        message["From"] = _party(letter.sender)
    message["To"] = _party(letter.to)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(letter.date)
    message["Message-ID"] = _one_line(letter.id)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_body(letter.text), charset="utf-8", cte="base64")
    if letter.html:
        message.add_alternative(_body(letter.html), subtype="html", charset="utf-8", cte="base64")
    for name, data in letter.files:
        subtype = _TYPES.get(name.rpartition(".")[2].lower(), "octet-stream")
        message.add_attachment(data, maintype="application", subtype=subtype, filename=_one_line(name))
    message["Content-Language"] = letter.lang  # last: what sets the content takes such headers away
    _settle_boundaries(message, letter.id)
    return message


def _settle_boundaries(message: EmailMessage, seed: str) -> None:
    """Lines between the parts that depend on the letter alone; left to itself, `email` draws lots."""
    for n, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary("=_" + hashlib.sha256(f"{seed} {n}".encode()).hexdigest()[:40])


def _party(party: Party) -> Address:
    return Address(_one_line(party.name), addr_spec=ascii_address(_one_line(party.address)))


def _one_line(text: str) -> str:
    """Refuse what could end a header or is no text; leave out what would turn its direction unseen."""
    bad = next((c for c in text if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}), "")
    if bad:
        raise unmade(f"U+{ord(bad):04X} in {ascii(text)[:60]}")
    if "=?" in text:  # readers would decode it
        raise unmade(f"'=?' in {ascii(text)[:60]}")
    return re.sub(" {2,}", " ", _TURNING.sub("", text))


def _body(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
