"""What a reminder says of matters and actions that are late or due soon: each by its name, with who owes it."""

from __future__ import annotations

from collections.abc import Iterator

from reports.diagnostics.words.mail import LETTERS
from reports.document.traditional import spelling, spelt
from reports.model.formatting import say_date
from reports.model.records import Name
from reports.model.values import BilingualText
from reports.pipeline.read import Reading
from reports.publishing.status.readiness import Board


def duty_lines(board: Board, reading: Reading, lang: str) -> Iterator[str]:
    """A line each, the latest first."""
    letters = spelling(reading.dataset, lang)

    def named(label: Name | BilingualText) -> str:
        return spelt(BilingualText(label.zh, label.en, label.hant), lang, letters)

    for duty in board.duties:
        owner = reading.dataset.records.get(duty.owner)
        who = named(owner.label) if owner else LETTERS.say("no owner", lang)
        since = {"days": duty.state.days, "day": letters(say_date(duty.due, lang))}
        word = "due-late" if duty.state.state == "late" else "due-soon"
        yield LETTERS.say(word, lang, title=named(duty.title), who=who, **since)
