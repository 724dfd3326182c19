"""Copies of data files that people and programs which keep folders in step leave beside them.

A copy says everything a second time. Read, each of its records would accuse the original's; so it is told once,
where it lies, and not read. Its name alone proves nothing: it has to hold records of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from reports.diagnostics.problems import Problem, Where
from reports.records.text.source_file import Plain, SourceFile, typed_ids

#: Words that nobody but who copies, or a program that found two versions, puts behind a name: Windows, macOS, WPS,
#: Dropbox (conflicted copy), Nutstore (冲突), Syncthing (sync-conflict), Seafile (SFConflict).
_SAYS_SO = re.compile(
    r"的?(?:副本|拷贝|拷貝)|复件|複件|冲突|衝突|备份|備份|conflict|(?<![a-z])copy(?![a-z])|backup",
    re.IGNORECASE,
)
#: What may stand behind a name for other reasons too: a number (browsers, Drive, iCloud), the name of a machine
#: (OneDrive), a day.
_MAY_SAY = re.compile(r"[ _]?[(（]\d{1,3}[)）]|[ ]\d{1,3}|[-_.][A-Za-z0-9._-]+")
_APART = re.compile(r"[\s._(（\[-]|的?(?:副本|拷贝|拷貝|冲突|衝突)")
_IN_FRONT = re.compile(
    r"(?:copy(?: \(\d+\))? of |(?:复件|複件|副本)(?: ?[(（]\d+[)）])? ?)(?P<stem>.+)", re.IGNORECASE
)
_ENDING = re.compile(r"\.ya?ml$", re.IGNORECASE)
#: So many records or files that differ are named.
_NAMED = 5

_Records = Mapping[tuple[str, str], Plain]


class Copy(Struct, frozen=True):
    """A file, or a folder with all below it, that is a copy; *problem* says of what, and stands at it."""

    label: str
    problem: Problem

    def covers(self, label: str) -> bool:
        """Whether the file *label* is this one, or lies in it."""
        return label == self.label or label.startswith(f"{self.label}/")


def copies_among(files: Sequence[SourceFile]) -> tuple[Copy, ...]:
    """The copies among *files*, folders first: what lies in one is not told for itself."""
    by_label = {file.label: file for file in files}
    folders = tuple(_copied_folders(by_label))
    whole = [file for file in files if not any(folder.covers(file.label) for folder in folders)]
    return (*folders, *_copied_files(whole))


def _copied_files(files: Sequence[SourceFile]) -> Iterator[Copy]:
    held: dict[str, dict[str, SourceFile]] = {}
    for file in files:
        folder, _, name = file.label.rpartition("/")
        held.setdefault(folder, {})[_ENDING.sub("", name)] = file
    for beside in held.values():
        for stem, file in beside.items():
            named = (one for name, one in beside.items() if name != stem and _is_named_after(stem, name))
            original = next((one for one in named if _holds_the_same(file, one, stem)), None)
            if original:
                yield Copy(file.label, _told(file, original))


def _is_named_after(stem: str, original: str) -> bool:
    front = _IN_FRONT.fullmatch(stem)
    if front and front["stem"] == original:
        return True
    return stem.startswith(original) and bool(_APART.match(stem, len(original)))


def _holds_the_same(file: SourceFile, original: SourceFile, stem: str) -> bool:
    """Whether *file* holds records of *original*: any where its name says that it is a copy, most where it may."""
    name = _ENDING.sub("", original.label.rpartition("/")[2])
    says_so = bool(_IN_FRONT.fullmatch(stem)) or bool(_SAYS_SO.search(stem, len(name)))
    ids, there = typed_ids(file.text), typed_ids(original.text)
    if not ids or not there:
        return says_so and bool(file.text.strip())
    shared = len(ids & there)
    return shared > 0 if says_so else bool(_MAY_SAY.fullmatch(stem, len(name))) and shared * 2 >= len(ids) > 1


def _told(file: SourceFile, original: SourceFile) -> Problem:
    other = original.label.rpartition("/")[2]
    if file.plain is None or original.plain is None:
        return Problem(Where(file.label), "data/copy-unreadable", {"other": other})
    if file.plain == original.plain:
        return Problem(Where(file.label), "data/copy", {"other": other}, "warning")
    mine, theirs = _records(file.plain), _records(original.plain)
    differing = [key for key in {**theirs, **mine} if mine.get(key) != theirs.get(key)]
    args = {"other": other, "found": len(differing), "names": _some([name for _, name in differing])}
    return Problem(Where(file.label), "data/copy-differs", args)


def _records(plain: Plain) -> _Records:
    """What stands in a file, by kind and id; settings without an id by their keys."""
    found: dict[tuple[str, str], Plain] = {}
    for kind, listed in plain.items() if isinstance(plain, dict) else ():
        if not isinstance(listed, list):
            found["", kind] = listed
            continue
        for number, one in enumerate(listed, 1):
            id_ = one.get("id") if isinstance(one, dict) else None
            found[kind, id_ if isinstance(id_, str) else f"{kind} {number}"] = one
    return found


def _copied_folders(files: Mapping[str, SourceFile]) -> Iterator[Copy]:
    """Folders named as a copy of the one beside them that hold files of the same names."""
    folders = {label.rpartition("/")[0] for label in files}
    for label in sorted(folders):
        above, _, name = label.rpartition("/")
        beside = [one for one in folders if one != label and above and one.rpartition("/")[0] == above]
        for original in sorted(beside):
            first = original.rpartition("/")[2]
            named = _is_named_after(name, first) and (
                _SAYS_SO.search(name) or re.fullmatch(r"[ ]?[(（]\d+[)）]", name[len(first) :])
            )
            pairs = {one: f"{original}{one[len(label) :]}" for one in files if one.startswith(f"{label}/")}
            if named and any(there in files for there in pairs.values()):
                yield Copy(label, _told_of_folder(label, first, pairs, files))
                break


def _told_of_folder(
    label: str, other: str, pairs: Mapping[str, str], files: Mapping[str, SourceFile]
) -> Problem:
    differing = [
        one.removeprefix(f"{label}/")
        for one, there in pairs.items()
        if there not in files or files[one].text != files[there].text
    ]
    if not differing:
        return Problem(Where(label), "data/copy", {"other": other}, "warning")
    args = {"other": other, "found": len(differing), "names": _some(differing)}
    return Problem(Where(label), "data/copy-folder", args)


def _some(names: Sequence[str]) -> str:
    return ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
