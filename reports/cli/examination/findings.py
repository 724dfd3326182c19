"""What an examination finds, and how it is said: `doctor.TOPIC.VARIANT` in the vocabulary, what to do behind `.do`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct, field

from reports.cli.words import WORDS
from reports.diagnostics.problems import Lang

#: As it should be; works, but somebody should look; does not work.
Health = Literal["fine", "look", "wrong"]


class Diagnosis(Struct, frozen=True):
    """One thing that was looked at; *values* are put into its sentences."""

    topic: str
    variant: str
    health: Health = "fine"
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def told(self, lang: Lang) -> str:
        """Say what was found."""
        return WORDS.say(f"doctor.{self.topic}.{self.variant}", lang, **self.values)

    def advice(self, lang: Lang) -> str:
        """Say what to do; "" where there is nothing to."""
        word = f"doctor.{self.topic}.{self.variant}.do"
        return WORDS.say(word, lang, **self.values) if word in WORDS else ""
