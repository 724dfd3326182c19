"""What hinders delivery, as far as it can be told without sending: password, certificates, folder. Addresses that nobody can send
to are refused when they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec.structs import replace

from reports.diagnostics.problems import Problem, ReportError
from reports.model.delivery_settings import Mail
from reports.pipeline.read import Reading
from reports.publishing.delivery.shared_folder import unusable
from reports.publishing.delivery.smtp import password_of, trusted


def obstacles(reading: Reading) -> Iterator[Problem]:
    """What will hinder sending from this machine, while delivery is on. What another account or machine may have is a
    warning: `check` is run by those who do not send, too."""
    mail, folder = reading.delivery.mail, reading.delivery.folder
    if not reading.delivery.on:
        return
    if mail:
        yield from map(_here, _password(mail))
        yield from map(_here, _raised(partial(trusted, mail)))
    if folder and (found := unusable(folder)):
        yield _here(found)


def _password(mail: Mail) -> Iterator[Problem]:
    told: list[Problem] = []
    yield from _raised(partial(password_of, mail.password, told.append))
    yield from told


def _raised(attempt: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        attempt()
    except ReportError as error:
        return error.problems
    return ()


def _here(problem: Problem) -> Problem:
    return replace(problem, severity="warning")
