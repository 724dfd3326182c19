"""Data files to located trees: the only room that knows YAML.

YAML says here where things stand and how they nest, and nothing about what they mean: every scalar stays the text
it was typed as (`3:7`, `NO`, `010020`), until the field it stands in says what to read it as.

The tree is built from the parser's events, not from its nodes: deep nesting, repetition and size are refused
while they grow, and half the objects are never made.
"""

from __future__ import annotations

import gc
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

import yaml

from reports.diagnostics.problems import Problem, Where
from reports.files import is_device
from reports.records.text.characters import Finding
from reports.records.text.copies import copies_among
from reports.records.text.folder_entries import entries
from reports.records.text.parser_errors import Complaint, explain
from reports.records.text.scanner import Lines, Moved, findings, mended
from reports.records.text.source_file import RawNode, SourceFile, spot
from reports.records.text.tree_builder import RefusedError, Tree
from reports.text_files import decode, oddities

MAX_BYTES = 5_000_000


def read_folder(data: Path) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Read every .yaml and .yml file below *data*, in the order of their labels, and say all that is wrong.

    What looks like data and is not read is told (`folder_entries`), and so are copies (`copies`). A file that cannot
    be read is returned with its text alone.
    """
    root = data.resolve()
    if not root.is_dir():
        return (), (Problem(Where(data.name or str(data)), "file/missing", {"name": str(data)}),)
    files: list[SourceFile] = []
    problems: list[Problem] = []
    for entry in entries(root):
        if entry.problem:
            problems.append(entry.problem)
            continue
        file, wrong = read_file(entry.path, entry.label)
        files.append(file)
        problems += wrong
        if not wrong and not file.text.strip("\ufeff \t\n"):
            problems.append(Problem(Where(entry.label), "data/empty-file", {}, "warning"))
    copies = copies_among(files)
    problems = [one for one in problems if not any(copy.covers(one.where.file) for copy in copies)]
    originals = tuple(file for file in files if not any(copy.covers(file.label) for copy in copies))
    return originals, (*problems, *(copy.problem for copy in copies), *_device_folders(originals))


def _device_folders(files: Iterable[SourceFile]) -> Iterator[Problem]:
    """Folders of a name that no folder can have on Windows, each once."""
    folders = dict.fromkeys(parent for file in files for parent in PurePosixPath(file.label).parents)
    for folder in folders:
        if is_device(folder.name):
            yield Problem(Where(str(folder)), "data/device-name", {"value": folder.name})


def read_file(path: Path, label: str) -> tuple[SourceFile, tuple[Problem, ...]]:
    """Read one file; *label* is its path from the data folder on, the folder's name included."""
    data, wrong = _bytes(path, label)
    if wrong:
        return _file(label, "", None), wrong
    text, unreadable = decode(data)
    if unreadable:
        return _file(label, text, None), (unreadable.problem(label),)
    file, problems = parse(text, label)
    return file, (*problems, *oddities(data, label))


def parse(text: str, label: str) -> tuple[SourceFile, tuple[Problem, ...]]:
    """Read the text of one file, whose lines end in LF."""
    found = findings(text)
    lines = Lines(label, text)
    problems = [lines.problem(finding) for finding in found]
    tree = Tree(label, text, Moved(lines, found))
    try:
        with _no_collection():
            tree.build(mended(text, found))
    except RefusedError as refused:
        problems += [*tree.problems, refused.problem]
    except yaml.MarkedYAMLError as error:
        complaint = _complaint(error, text)
        since = complaint.since[0]  # behind an open bracket nothing is what it seems
        problems += (p for p in tree.problems if p.code != "yaml/no-field" or p.where.line < since)
        if not _explained(complaint, found, lines):
            meaning = explain(complaint)
            problems.append(Problem(Where(label, *meaning.at), meaning.code, meaning.args))
    else:
        return _file(label, text, tree), (*problems, *tree.problems)
    return _file(label, text, None), tuple(problems)


# --- files --------------------------------------------------------------------------------------------------


def _bytes(path: Path, label: str) -> tuple[bytes, tuple[Problem, ...]]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return b"", (Problem(Where(label), "file/unreadable", {"detail": "not a file"}),)
        if status.st_size > MAX_BYTES:
            return b"", (_too_large(label),)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return b"", (Problem(Where(label), "file/unreadable", {"detail": error.strerror or str(error)}),)
    return (data, ()) if len(data) <= MAX_BYTES else (b"", (_too_large(label),))


def _too_large(label: str) -> Problem:
    return Problem(Where(label), "yaml/too-large", {"limit": f"{MAX_BYTES // 1_000_000} MB"})


def _file(label: str, text: str, tree: Tree | None) -> SourceFile:
    folders = label.split("/")[1:-1]
    node = (tree.leaf if tree else RawNode(spot(1, 1, 0))).node(label)
    return SourceFile(label, folders[0] if folders else "", text, tree.plain if tree else None, node)


# --- places -------------------------------------------------------------------------------------------------


def _complaint(error: yaml.MarkedYAMLError, text: str) -> Complaint:
    at = error.problem_mark or error.context_mark
    since = error.context_mark or error.problem_mark
    assert at is not None and since is not None  # every error of the parser has a mark
    lines = text.split("\n")

    def place(mark: yaml.Mark) -> tuple[int, int]:
        """The parser ends a last line that has no end, and then stands on a line that is not there."""
        inside = mark.line < len(lines)
        return (mark.line + 1, mark.column + 1) if inside else (len(lines), len(lines[-1]) + 1)

    return Complaint(error.problem or "", place(at), error.context or "", place(since), lines)


def _explained(complaint: Complaint, found: list[Finding], lines: Lines) -> bool:
    """Whether a sign found before says already why the parser failed: in that line or just above, or
    anywhere above where nothing could be put in its place."""
    at = complaint.at[0]
    for finding in (finding for finding in found if finding.severity == "error"):
        line = lines.where(finding.start).line
        if line in (at - 1, at, complaint.since[0]) or (finding.instead is None and line <= at):
            return True
    return False


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let no garbage collection run: nothing here becomes garbage, and looking for it takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
