"""When no round can be made at all, the secretariat gets a letter.

What a round needs may be what is broken: the settings, the ledger, the disk. So this letter does not go through the
outbox. It is sent at once, by the settings there are or those that were good last; when it was sent last is kept as
the time of an empty file, which can be set on a full disk too. The copy of the settings says where the password is,
as delivery.yaml does, and never what it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from reports import files
from reports.diagnostics.problems import Problem, ReportError, Where, errors
from reports.model.delivery_settings import Delivery, Mail
from reports.pipeline.read import STATE, Folders, Reading, delivery_in, read
from reports.publishing.delivery.intents import message_id
from reports.publishing.delivery.letters import stopped
from reports.publishing.delivery.message import Party, ascii_address, message_bytes, sender_address
from reports.publishing.delivery.smtp import connected, password_of
from reports.publishing.output_folder import Tell

#: After a letter, the next one comes so much later, then after as long as the failure has lasted by then.
PAUSE = timedelta(days=1)


class AlarmRecipient(Struct, frozen=True):
    """Who is told, and in which language."""

    name: str
    address: str
    lang: str


class Alarm(Struct):
    """Watches over rounds. *lasts*: this object outlives a round, and can remember what no file can."""

    folders: Folders
    lasts: bool = False
    _began: datetime | None = None
    _told: datetime | None = None

    @contextmanager
    def watch(self, now: datetime, tell: Tell) -> Iterator[None]:
        """Mail what stops the round inside; *tell* is told where the letter cannot be sent either."""
        try:
            yield
        except ReportError as error:
            if error.problems[0].code != "lock/held":  # another run is at work
                self._raised(error.problems, now, tell)
            raise
        except Exception as error:
            detail = f"{type(error).__name__}: {error}"
            self._raised((Problem(Where(""), "duty/internal", {"detail": detail}),), now, tell)
            raise
        if self._times()[0] is not None:
            self._remember(None, None)

    def keep(self, reading: Reading) -> None:
        """Remember the settings, which are good now. Where that cannot be, those of before stay."""
        with suppress(ReportError):
            _keep(self._folder, reading)

    @property
    def _folder(self) -> Path:
        return self.folders.output / STATE / "settings"

    def _raised(self, problems: tuple[Problem, ...], now: datetime, tell: Tell) -> None:
        before = self._times()
        began, told = before
        if told is not None and told <= now < told + max(PAUSE, told - (began or told)):
            return
        mail, people = self._settings(tell)
        if mail is None or not people:
            return
        began = began or now
        if not self._remember(began, now) and not self.lasts:
            return  # it would be sent at every round
        if not _mailed(_Matter(problems, f"{began.isoformat()} {told}", now), mail, people, tell):
            self._remember(*before)

    def _times(self) -> tuple[datetime | None, datetime | None]:
        """When the failure began and when it was told, as far as is known."""
        kept = (files.time_of(path) for path in _marks(self._folder))
        began, told = (datetime.fromtimestamp(seconds, UTC) if seconds else None for seconds in kept)
        return began or self._began, told or self._told

    def _remember(self, began: datetime | None, told: datetime | None) -> bool:
        """Return whether the next process will know, too."""
        self._began, self._told = began, told
        with suppress(ReportError):
            for path, moment in zip(_marks(self._folder), (began, told), strict=True):
                if not path.exists():
                    files.write(path, b"")
                files.set_time(path, moment.timestamp() if moment else 0)
            return True
        return False

    def _settings(self, tell: Tell) -> tuple[Mail | None, tuple[AlarmRecipient, ...]]:
        """What can be read now, else what was good last; no server where delivery is off."""
        delivery, people = _kept(self._folder)
        try:
            if self.folders.data.is_dir():
                reading = read(self.folders.data)
                delivery = delivery if _wrong(reading, "delivery") else reading.delivery
                found = _secretariat(reading)
                people = people if _wrong(reading, "reports") and people else found or people
        except Exception as error:  # noqa: BLE001 - what stops the round is to be told, not what stops the letter
            tell(Problem(Where(""), "duty/internal", {"detail": f"{type(error).__name__}: {error}"}))
        return (delivery.mail if delivery.on else None), people


def _marks(folder: Path) -> tuple[Path, Path]:
    """The files whose times say since when nothing works, and when that was told last."""
    return folder / "failure-began", folder / "failure-told"


# --- the letter ---------------------------------------------------------------------------------------------


class _Matter(Struct, frozen=True):
    """What is told. *occasion* makes the Message-ID, with the person."""

    problems: tuple[Problem, ...]
    occasion: str
    now: datetime


def _mailed(matter: _Matter, mail: Mail, people: tuple[AlarmRecipient, ...], tell: Tell) -> bool:
    """Whether anybody got it."""
    got = [_sent(matter, mail, one, tell) for one in people]
    return any(got)


def _sent(matter: _Matter, mail: Mail, one: AlarmRecipient, tell: Tell) -> bool:
    try:
        password, message = password_of(mail.password, tell), _message(matter, mail, one)
        with connected(mail, password) as session:
            sender, to = sender_address(mail.sender.address), ascii_address(one.address)
            answer = session.send(sender, to, message, before_dot=lambda: None)
    except ReportError as error:
        for problem in error.problems:
            tell(problem)
        return False
    return answer.outcome in {"sent", "unknown"}  # if the failure lasts, it is told again


def _message(matter: _Matter, mail: Mail, one: AlarmRecipient) -> bytes:
    domain = sender_address(mail.sender.address).rpartition("@")[2]
    key = message_id(("alarm", "", "", 0), one.address, matter.occasion, domain)
    to = Party(one.name, one.address)
    return message_bytes(stopped(key, matter.now, mail, to, lang=one.lang, problems=matter.problems))


# --- the settings that were good last -----------------------------------------------------------------------


def _wrong(reading: Reading, name: str) -> bool:
    endings = (f"/{name}.yaml", f"/{name}.yml")
    return any(problem.where.file.endswith(endings) for problem in errors(reading.problems))


def _secretariat(reading: Reading) -> tuple[AlarmRecipient, ...]:
    """Everybody who is the secretariat of a report, once."""
    found = {
        one.address.casefold(): AlarmRecipient(one.name.get(one.lang), one.address, one.lang)
        for report in reading.reports.reports.values()
        for one in report.recipients.secretariat
    }
    return tuple(found.values())


def _keep(folder: Path, reading: Reading) -> None:
    delivery = reading.delivery
    on = delivery.on and delivery.mail is not None
    told = {"on": True, "mail": _plain(delivery.mail)} if on and delivery.mail else {"on": False}
    files.write(folder / "delivery.yaml", json.dumps(told, ensure_ascii=False, indent=1).encode())
    files.write(folder / "secretariat.json", msgspec.json.encode(_secretariat(reading) if on else ()))
    for path in _marks(folder):
        if not path.exists():
            files.write(path, b"")
            files.set_time(path, 0)


def _plain(mail: Mail) -> Mapping[str, Any]:
    """The settings as delivery.yaml has them, JSON being YAML."""
    name = {lang: mail.sender.name.get(lang) for lang in ("zh", "en")}
    told = {
        "server": mail.server,
        "security": mail.security,
        "port": mail.at[1],
        "from": {"name": name, "address": mail.sender.address},
        "user": mail.user,
        "authority": mail.authority,
        "timeout": int(mail.timeout),
        "final": int(mail.final),
        "password": {k: v for k in ("env", "file") if mail.password and (v := getattr(mail.password, k))},
    }
    return {name: value for name, value in told.items() if value}


def _kept(folder: Path) -> tuple[Delivery, tuple[AlarmRecipient, ...]]:
    try:
        people = msgspec.json.decode(
            (folder / "secretariat.json").read_bytes(), type=tuple[AlarmRecipient, ...]
        )
        return delivery_in(folder), people
    except (OSError, msgspec.MsgspecError, ReportError):
        return Delivery(), ()
