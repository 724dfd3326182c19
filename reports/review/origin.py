"""What a Word file says of itself: from which report and period it is, where its facts come from, who saved it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from msgspec import Struct, field

from reports.document.provenance import FACT, LINED, ORIGIN, PROVENANCE, occurrence_in
from reports.review.comments import day_and_time
from reports.review.marks import Printed, cleaned
from reports.review.stream import local, of
from reports.writers.word.incoming import Package

#: What our files say of their language.
_LANGUAGES = {"zh-CN": "zh", "zh-TW": "zh-Hant", "en-GB": "en"}
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
    lang: str = ""


def origin_of(package: Package) -> Origin:
    """Read the part that leads to the data; where it is lost, the properties still name report and period."""
    properties, custom, places = _Texts(), _Custom(), places_of(package)
    for part in package.related("", "core-properties"):
        package.read(part, properties)
    for part in package.related("", "custom-properties"):
        package.read(part, custom)
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
        lang=_LANGUAGES.get(said.get("language", ""), ""),
    )


def headings_of(package: Package) -> frozenset[str]:
    """The ids of the styles of headings."""
    styles = _Styles()
    for part in package.related(package.main, "styles"):
        package.read(part, styles)
    return frozenset(id_ for id_ in styles.based if styles.is_heading(id_))


class _Told(Struct):
    """A fact of the part, or an origin of one, while it is read."""

    attributes: Mapping[str, str]
    lined: bool
    pieces: list[str] = field(default_factory=list)
    of: list[Printed] = field(default_factory=list)

    def printed(self, number: int, like: Printed | None = None) -> Printed:
        """As it was printed; *like* is one before it that tells what it was worked out from."""

        def said(name: str) -> str:
            return cleaned(self.attributes.get(name, ""), _SHORT)

        value = "".join(self.pieces)
        report = "report" in self.attributes or (self.lined and bool(_REPORTS.search(said("file"))))
        return Printed(
            number, said("report") or said("record"), said("field"), value[:_MOST],
            self.attributes.get("shown", value)[:_MOST], said("on"), report, said("rule"),
            like.of if like else tuple(self.of),
        )  # fmt: skip


#: The file of report definitions: older releases told them from records by it.
_REPORTS = re.compile(r"^[^/]*/reports\.ya?ml$")


class _Places:
    """Reads the part `writers.word.package` made, now or in an older release. *there*: it is there at all."""

    def __init__(self) -> None:
        self.about: dict[str, str] = {}
        self.printed: dict[int, Printed] = {}
        self.there = False
        self._open: list[_Told] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in PROVENANCE:
            self.there = True
            self.about = {name: cleaned(attributes.get(name, ""), _SHORT) for name in ("report", "period")}
        elif tag in FACT or (tag in ORIGIN and self._open):
            self._open = [] if tag in FACT else self._open
            self._open.append(_Told(dict(attributes), tag.startswith(f"{{{LINED}}}")))

    def end(self, tag: str) -> None:
        if not self._open or tag not in FACT | ORIGIN:
            return
        told = self._open.pop()
        if self._open:
            self._open[-1].of.append(told.printed(0))
        elif number := occurrence_in(told.attributes.get("bookmark", "")):
            like = self.printed.get(occurrence_in(told.attributes.get("like", "")))
            self.printed[number] = told.printed(number, like)

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].pieces.append(text)

    def fingerprint(self) -> str:
        """The same for files of one build, however often they were saved since; "" where there is nothing."""
        if not self.printed:
            return ""
        told = [f"{self.about}", *(repr(fact) for fact in self.printed.values())]
        return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()


def places_of(package: Package) -> _Places:
    """Read the part that leads to the data."""
    places = _Places()
    for part in package.related(package.main, "customXml"):
        if not places.printed:
            package.read(part, places)
    return places


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
