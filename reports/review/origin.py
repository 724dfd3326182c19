"""What a Word file says of itself: from which report and period it is, where its facts come from, who saved it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from msgspec import Struct, field

from reports.diagnostics.problems import Where
from reports.document.provenance import FACT, PROVENANCE, occurrence_in
from reports.review.comments import day_and_time
from reports.review.marks import Printed, cleaned
from reports.review.stream import local, of
from reports.writers.word.incoming import Package

#: Letters of what was printed of one fact, and of a name, that are kept.
_MOST = 100_000
_SHORT = 200


class Origin(Struct):
    """What is known of a file. *author* is whom we named when it was made."""

    report: str = ""
    period: str = ""
    title: str = ""
    author: str = ""
    saved_by: str = ""
    saved: str = ""
    printed: tuple[Printed, ...] = ()
    fingerprint: str = ""


def origin_of(package: Package) -> Origin:
    """Read the part that leads to the data; where it is lost, the properties still name report and period."""
    properties, custom, places = _Texts(), _Custom(), _Places()
    for part in package.related("", "core-properties"):
        package.read(part, properties)
    for part in package.related("", "custom-properties"):
        package.read(part, custom)
    for part in package.related(package.main, "customXml"):
        if not places.printed:
            package.read(part, places)
    said = properties.texts
    saved_by = said.get("lastModifiedBy", "")
    return Origin(
        report=places.about.get("report") or custom.values.get("Report", ""),
        period=places.about.get("period") or custom.values.get("Period", ""),
        title=said.get("title", ""),
        author=said.get("creator", ""),
        saved_by="" if saved_by == said.get("creator") else saved_by,
        # Some programs take the date over from what they read: then it says nothing.
        saved=day_and_time(said.get("modified", "")) if said.get("modified") != said.get("created") else "",
        printed=tuple(places.printed.values()),
        fingerprint=places.fingerprint(),
    )


def headings_of(package: Package) -> frozenset[str]:
    """The ids of the styles of headings."""
    styles = _Styles()
    for part in package.related(package.main, "styles"):
        package.read(part, styles)
    return frozenset(id_ for id_ in styles.based if styles.is_heading(id_))


class _Places:
    """Reads the part `writers.word.package` made."""

    def __init__(self) -> None:
        self.about: dict[str, str] = {}
        self.printed: dict[int, Printed] = {}
        self._fact: dict[str, str] | None = None
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == PROVENANCE:
            self.about = {name: cleaned(attributes.get(name, ""), _SHORT) for name in ("report", "period")}
        elif tag == FACT:
            self._fact, self._pieces = dict(attributes), []

    def end(self, _tag: str) -> None:
        fact, self._fact = self._fact, None
        number = occurrence_in(fact.get("bookmark", "")) if fact else 0
        if fact is None or not number:
            return
        value = "".join(self._pieces)
        where = Where(
            cleaned(fact.get("file", ""), _SHORT), _whole(fact.get("line")), _whole(fact.get("column"))
        )
        record, path = cleaned(fact.get("record", ""), _SHORT), cleaned(fact.get("field", ""), _SHORT)
        shown = fact.get("shown", value)[:_MOST]
        self.printed[number] = Printed(number, record, path, where, value[:_MOST], shown)

    def data(self, text: str) -> None:
        if self._fact is not None:
            self._pieces.append(text)

    def fingerprint(self) -> str:
        """The same for files of one build, however often they were saved since; "" where there is nothing."""
        if not self.printed:
            return ""
        told = [f"{self.about}", *(repr(fact) for fact in self.printed.values())]
        return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()


def _whole(text: str | None) -> int:
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else 0


class _Texts:
    """Reads docProps/core.xml: the text of each element by its name."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._pieces: list[str] = []

    def start(self, _tag: str, _attributes: Mapping[str, str]) -> None:
        self._pieces = []

    def end(self, tag: str) -> None:
        self.texts.setdefault(tag.rpartition("}")[2], cleaned("".join(self._pieces), _SHORT))
        self._pieces = []

    def data(self, text: str) -> None:
        self._pieces.append(text)


class _Custom:
    """Reads docProps/custom.xml: the text of each property by its name."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._name = ""
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag.endswith("}property"):
            self._name, self._pieces = attributes.get("name", ""), []

    def end(self, tag: str) -> None:
        if tag.endswith("}property"):
            self.values[self._name] = cleaned("".join(self._pieces), _SHORT)

    def data(self, text: str) -> None:
        self._pieces.append(text)


class _Styles(Struct):
    """Reads word/styles.xml. *based* is the style each one is based on, *levels* those that have an outline level."""

    based: dict[str, str] = field(default_factory=dict)
    levels: set[str] = field(default_factory=set)
    at: str = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "style":
            self.at = of(attributes, "styleId")
            self.based[self.at] = ""
        elif not self.at:
            return
        elif name == "basedOn":
            self.based[self.at] = of(attributes, "val")
        elif (name == "outlineLvl" and of(attributes, "val") in {*"012345678"}) or (
            name == "name" and re.fullmatch("heading [1-9]", of(attributes, "val").lower())
        ):
            self.levels.add(self.at)

    def end(self, tag: str) -> None:
        if local(tag) == "style":
            self.at = ""

    def data(self, text: str) -> None:
        pass

    def is_heading(self, style: str) -> bool:
        """Whether *style*, or one it is based on, is that of a heading."""
        for _ in range(12):
            if style in self.levels:
                return True
            style = self.based.get(style, "")
        return False
