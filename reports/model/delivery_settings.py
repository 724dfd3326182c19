"""Where reports are delivered to: the mail server and the shared folder of `delivery.yaml`.

It stands beside the data, not among them: it is trusted, for it names servers, folders, and any variable or file as
password. Validated like all data. A password never stands there: only the name of an environment variable, or the path of
a file, that holds it.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from msgspec import field

from reports.model.reading import ReadBy, WrongValueError
from reports.model.records import Part
from reports.model.report_definitions import AddressField, parse_salutations
from reports.model.values import BilingualText, TextField

#: How the file may be called.
NAMES = ("delivery.yaml", "delivery.yml")


def _server(value: object) -> str:
    if re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", str(value)):
        return str(value)
    raise WrongValueError("delivery/server", value=str(value))


def _port(value: object) -> int:
    if re.fullmatch(r"[0-9]{1,5}", str(value)) and 0 < int(str(value)) < 65536:
        return int(str(value))
    raise WrongValueError("delivery/port", value=str(value))


def _seconds(value: object) -> float:
    if re.fullmatch(r"[0-9]{1,4}", str(value)) and 0 < int(str(value)) <= 3600:
        return float(str(value))
    raise WrongValueError("delivery/seconds", value=str(value))


def _folder(value: object) -> str:
    """An address may hold a password, and what is delivered where is remembered."""
    if isinstance(value, str) and value.strip() and not re.match(r"[A-Za-z][A-Za-z0-9+.-]+:(//|\\\\)", value):
        return value
    raise WrongValueError("delivery/folder-path")


def _variable(value: str) -> str:
    """What is refused is not repeated: it might be the password itself."""
    if re.fullmatch(r"[A-Z][A-Z0-9_]{2,63}", value):
        return value
    raise WrongValueError("delivery/variable")


class Secret(Part):
    """Where the password is: in the environment variable *env*, or in the first line of *file*."""

    env: str = ""
    file: str = ""


def _secret(value: object) -> Secret:
    match value:
        case {"env": str(name), **rest} if not rest:
            return Secret(env=_variable(name))
        case {"file": str(path), **rest} if not rest:
            return Secret(file=path)
        case Secret():
            return value
    raise WrongValueError("delivery/secret")


class Sender(Part):
    """Who the messages are from."""

    name: TextField
    address: AddressField


class Mail(Part):
    """The server that takes messages. The connection is encrypted and the server's name verified, always.

    *authority*: a file with the certificates of an authority of one's own. *timeout*: seconds to wait for an
    answer; *final*: for the one that says the message was taken (RFC 5321 asks for ten minutes). *salutation*,
    with `{name}` for the recipient's name, and *signature*: how letters begin and end.
    """

    server: Annotated[str, ReadBy(_server)]
    security: Literal["starttls", "tls"] = "starttls"
    port: Annotated[int, ReadBy(_port)] = 0
    sender: Sender = field(name="from")
    user: str = ""
    password: Annotated[Secret, ReadBy(_secret)] | None = None
    authority: str = ""
    timeout: Annotated[float, ReadBy(_seconds)] = 60.0
    final: Annotated[float, ReadBy(_seconds)] = 600.0
    salutation: Annotated[BilingualText, ReadBy(parse_salutations)] | None = None
    signature: TextField | None = None

    @property
    def at(self) -> tuple[str, int]:
        """Server and port; the usual port where none is said."""
        return self.server, self.port or (465 if self.security == "tls" else 587)

    @property
    def typed(self) -> frozenset[str]:
        """What these settings say in letters: no message repeats it."""
        secret = self.password or Secret()
        said = (self.server, self.user, self.sender.address, self.authority, secret.env, secret.file)
        return frozenset(said) - {""}


class SharedFolder(Part):
    """A folder that others look into, for example on a shared drive; it has to be there."""

    path: Annotated[str, ReadBy(_folder)]


class Delivery(Part):
    """What happens to issues. Nothing leaves before *on* is true."""

    on: bool = False
    mail: Mail | None = None
    folder: SharedFolder | None = None
