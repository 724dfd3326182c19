"""The mail server, asked whether it would take messages; nothing is sent. Only on request: it opens a connection."""

from __future__ import annotations

from collections.abc import Iterator

from reports.cli.examination.findings import Diagnosis, Health
from reports.diagnostics.problems import Lang, Problem, ReportError
from reports.model.delivery_settings import Delivery
from reports.publishing.delivery.smtp import password_of, probe_server


class ReportedProblem(Diagnosis, frozen=True, kw_only=True):
    """A finding that says what a command would say of it."""

    problem: Problem

    def told(self, lang: Lang) -> str:
        """Say what was found."""
        return self.problem.message(lang)

    def advice(self, lang: Lang) -> str:
        """Say what to do."""
        return self.problem.hint(lang)


def server(delivery: Delivery) -> Iterator[Diagnosis]:
    """Whether the server of the settings takes name and password over an encrypted connection, delivery on or off."""
    mail, found = delivery.mail, list[Problem]()
    if mail is None:
        yield Diagnosis("mail", "none", "look")
        return
    try:
        found += probe_server(mail, password_of(mail.password, found.append))
    except ReportError as error:
        found += error.problems
    for problem in found:
        health: Health = "wrong" if problem.severity == "error" else "look"
        yield ReportedProblem("mail", "problem", health, problem=problem)
    if not found:
        yield Diagnosis("mail", "fine")
