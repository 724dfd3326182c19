"""Imports go down only, each outside library has one home, and so have the clock and the writing of files.

The modules are read, not imported: what stands in a function or under TYPE_CHECKING counts like the rest.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "reports"


@dataclass(frozen=True)
class Layer:
    """Modules directly in reports/ (a sub-package counts as one) and the layers they may import from."""

    name: str
    modules: frozenset[str]
    below: tuple[str, ...] = ()


def layer(name: str, modules: str, below: str = "") -> Layer:
    return Layer(name, frozenset(modules.split()), tuple(below.split()))


#: From the lowest to the highest. A new module gets its place here, next to what it is like.
LAYERS = (
    layer("package", "__init__"),
    layer(
        "words",
        "decode messages messages_data messages_issues messages_desk messages_preview messages_delivery workdays dueness problems period profile values wording imprint model kinds job destinations document drawing manuscript datafile walk past readiness fields fields_reports shapes forms compose columns messages_entry messages_review naming better messages_typed messages_templates messages_yaml guesses guessed_dates misnamed moments namesakes",
        "package words",
    ),
    layer(
        "stages",
        "load validate charts merge parse traditional number pictures writers layout typography twins schema reference append sheets",
        "package words",
    ),
    layer("memory", "files ledger changes mail review trace revisions", "package words"),
    layer("pipeline", "pipeline guides catalogue intake", "package words stages memory"),
    layer("office", "issuing duty survey scaffold deliver inbox", "package words memory pipeline office"),
    layer("loops", "scheduler preview", "package words memory pipeline office"),
    layer("command", "cli", "package words memory pipeline office loops"),
)

#: Stages too long for one file: their modules count as one with the stage, as those of a sub-package do.
PARTS = {
    "views": "merge",
    "book": "merge",
    "table_plan": "merge",
    "apparatus": "merge",
    "filters": "merge",
    "selections": "merge",
    "compare": "merge",
    "sandbox": "merge",
    "tags": "merge",
    "dialect": "parse",
    "parse_inline": "parse",
    "parse_figure": "parse",
    "parse_meta": "parse",
    "parse_tree": "parse",
    "parse_cells": "parse",
    "scan": "load",
    "scan_lines": "load",
    "signs": "load",
    "tree": "load",
    "explain": "load",
    "checks": "validate",
    "reading": "validate",
    "mislinked": "validate",
    "name_checks": "validate",
    "ledger_file": "ledger",
    "ledger_rows": "ledger",
    "outbox": "ledger",
    "mail_send": "mail",
    "letters": "deliver",
    "letter_words": "deliver",
    "alarm": "deliver",
    "idle": "scheduler",
    "sheet_values": "sheets",
    "returns": "intake",
    "review_comments": "review",
    "review_edits": "review",
    "review_marks": "review",
    "review_package": "review",
    "review_parts": "review",
    "review_story": "review",
    "review_walk": "review",
    "inspecting": "pipeline",
    "annotations": "cli",
    "desk": "cli",
    "asking": "cli",
    "board": "cli",
    "starting": "cli",
    "mailroom": "cli",
    "postal": "cli",
    "reviewing": "cli",
    "editing": "cli",
    "options": "cli",
    "timers": "scheduler",
    "places": "files",
    "showing": "pipeline",
    "imprinting": "pipeline",
    "correcting": "pipeline",
    "picturing": "pipeline",
    "spelling": "pipeline",
    "differences": "changes",
    "preview_app": "preview",
    "preview_desk": "preview",
    "preview_page": "preview",
}

#: What values are made of: every room defines some.
EVERYWHERE = {"msgspec"}
#: The modules that may import an outside library; whoever else needs it asks them.
HOMES = {
    "yaml": {"load"},
    "jinja2": {"merge"},
    "markupsafe": {"merge"},
    "markdown_it": {"parse"},
    "mdit_py_plugins": {"parse"},
    "matplotlib": {"charts"},
    "numpy": {"charts"},
    "pylopdf_fonts_zh_cn": {"charts"},
    "docx": {"writers", "trace", "review"},
    "lxml": {"writers", "trace", "review"},
    "rich": {"cli"},
    "PIL": {"pictures", "charts"},
    "opencc": {"traditional"},
    "pypdf": {"layout"},
    "holidays": {"workdays"},
    "filelock": {"files"},
    "openpyxl": {"sheets"},
    "schedule": {"scheduler"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "watchfiles": {"preview"},
}

READS_THE_CLOCK = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}
MAY_READ_THE_CLOCK = {"cli", "scheduler", "preview"}

WRITES_FILES = {
    "os.open",
    "os.rename",
    "os.replace",
    "shutil.copy",
    "shutil.copy2",
    "shutil.copyfile",
    "shutil.copytree",
    "shutil.move",
    "tempfile.NamedTemporaryFile",
    "tempfile.TemporaryFile",
    "tempfile.mkstemp",
}
#: `layout` writes into a folder of its own that is gone when it returns: LibreOffice reads files only.
MAY_WRITE_FILES = {"files", "layout"}


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name without `reports.`: "load", "charts.bars", "charts"."""
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)
        found[name] = path
    return found


MODULES = modules()
KNOWN = MODULES.keys() | {module for layer in LAYERS for module in layer.modules} | PARTS.keys()

#: What `imported` says of an import that does not show the name of what it imports.
RELATIVE, COMPUTED = f"{PACKAGE}.(relative)", f"{PACKAGE}.(computed)"


def read(module: str) -> ast.Module:
    path = MODULES[module]
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def room(module: str) -> str:
    """The name under which LAYERS and HOMES know *module*: a stage or sub-package stands for all its parts."""
    name = module.partition(".")[0]
    return PARTS.get(name, name)


def layer_of(module: str) -> Layer:
    found = [layer for layer in LAYERS if room(module) in layer.modules]
    if not found:
        pytest.fail(
            f"{PACKAGE}/{module.replace('.', '/')}.py has no place: give {room(module)!r} one in LAYERS or PARTS of tests/test_layers.py"
        )
    return found[0]


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported, `import_module` with a literal included."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(source), names=names, level=0):
                yield from ((node.lineno, f"{source}.{alias.name}") for alias in names)
            case ast.ImportFrom():
                yield node.lineno, RELATIVE
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called), args=[asked, *_]):
                if called in {"import_module", "__import__"}:
                    yield node.lineno, str(asked.value) if isinstance(asked, ast.Constant) else COMPUTED


def own_imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and module (as in KNOWN) of every import from the package itself."""
    for line, name in imported(tree):
        first, _, rest = name.partition(".")
        if first == PACKAGE:
            while rest and rest not in KNOWN and "(" not in rest:
                rest = rest.rpartition(".")[0]  # reports.model.Record is an import of reports.model
            yield line, rest or "__init__"


def upward_imports(module: str, tree: ast.AST) -> list[str]:
    """What *module* imports of the package though its layer may not."""
    mine = layer_of(module)
    wrong = []
    for line, other in own_imports(tree):
        if "(" in other:
            wrong.append(
                f"line {line}: write the full name of what is imported, not a {other.strip('()')} one"
            )
        elif room(other) != room(module) and (theirs := layer_of(other)).name not in mine.below:
            wrong.append(
                f"line {line}: {module} ({mine.name}) imports {other} ({theirs.name}), "
                f"but {mine.name} may import only: {', '.join(mine.below) or 'nothing'}"
            )
    return wrong


def strayed_libraries(module: str, tree: ast.AST) -> list[str]:
    """What *module* imports from outside though it is not its home."""
    wrong = []
    for line, name in imported(tree):
        library = name.partition(".")[0]
        if library in {PACKAGE, *EVERYWHERE} or library in sys.stdlib_module_names:
            continue
        homes = HOMES.get(library, set())
        if room(module) not in homes:
            where = " and ".join(sorted(homes)) or "no module; give it a home in HOMES"
            wrong.append(f"line {line}: {module} imports {library}, whose home is {where}")
    return wrong


def dotted(node: ast.AST, names: dict[str, str]) -> str:
    """The full name behind `dt.datetime.now` or `now`, through the imports in *names*; "" where it is none."""
    match node:
        case ast.Name(id=name):
            return names.get(name, name)
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value, names)}.{attr}"
    return ""


def local_names(tree: ast.AST) -> dict[str, str]:
    """What the names a module imports stand for."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update({a.asname: a.name for a in node.names if a.asname})
        elif isinstance(node, ast.ImportFrom):
            names.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    return names


def clock_readings(tree: ast.AST) -> list[str]:
    """Every mention of a function that reads the clock; handing one on is as good as calling it."""
    names = local_names(tree)
    return [
        f"line {node.lineno}: {full} reads the clock; take the moment as an argument"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and (full := dotted(node, names)) in READS_THE_CLOCK
    ]


def opens_for_writing(call: ast.Call, name: str) -> bool:
    """Whether *call* is open(path, mode) or path.open(mode) with a mode that writes, or that cannot be known."""
    if name.endswith(".open") and name not in {"io.open", "codecs.open"}:
        given = call.args[:1]
    elif name in {"open", "io.open", "codecs.open"}:
        given = call.args[1:2]
    else:
        return False
    given = [*given, *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    for mode in given:
        if not isinstance(mode, ast.Constant):
            if name in {"open", "io.open", "codecs.open"}:
                return True
        elif re.fullmatch(r"[rbtU]*[wax+][wax+rbtU]*", str(mode.value)):
            return True
    return False


def file_writings(tree: ast.AST) -> list[str]:
    names = local_names(tree)
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = dotted(node.func, names)
            method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if (
                method in {"write_text", "write_bytes"}
                or name in WRITES_FILES
                or opens_for_writing(node, name)
            ):
                wrong.append(
                    f"line {node.lineno}: {name or method} writes a file; reports.files does that, and whole"
                )
    return wrong


def complain(module: str, wrong: list[str]) -> None:
    if wrong:
        pytest.fail("\n  ".join([f"{MODULES[module].relative_to(ROOT)}:", *wrong]), pytrace=False)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_a_place(module: str) -> None:
    layer_of(module)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module: str) -> None:
    complain(module, upward_imports(module, read(module)))


@pytest.mark.parametrize("module", MODULES)
def test_each_outside_library_is_imported_in_its_home_only(module: str) -> None:
    complain(module, strayed_libraries(module, read(module)))


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) not in MAY_READ_THE_CLOCK])
def test_only_the_ways_in_read_the_clock(module: str) -> None:
    complain(module, clock_readings(read(module)))


@pytest.mark.parametrize("module", [name for name in MODULES if room(name) not in MAY_WRITE_FILES])
def test_only_files_writes_files(module: str) -> None:
    complain(module, file_writings(read(module)))


def test_no_modules_import_each_other() -> None:
    graph = {module: {other for _, other in own_imports(read(module))} - {module} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("these import each other: " + " → ".join(reversed(error.args[1])), pytrace=False)


def test_each_module_has_one_place() -> None:
    placed = [*PARTS, *(module for layer in LAYERS for module in layer.modules)]

    assert sorted(placed) == sorted(set(placed))


# --- the rules themselves -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("model", "from reports.load import read"),
        ("load", "import reports.pipeline"),
        ("load", "from reports import validate"),
        ("load", "from . import model"),
        ("writers.html", "from reports.charts import draw"),
        ("ledger", "from reports import files"),
        ("number", "from reports.dialect import block_tokens"),
        ("pipeline", "def later():\n    from reports import cli"),
        ("scheduler", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from reports import load"),
        ("load", "import importlib\nimportlib.import_module('reports.merge')"),
        ("load", "from importlib import import_module\nimport_module(name)"),
    ],
)
def test_an_import_that_goes_up_is_found(module: str, source: str) -> None:
    assert len(upward_imports(module, ast.parse(source))) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("model", "from reports.problems import Problem"),
        ("load", "from reports.model import Record"),
        ("writers.html", "from reports.writers import fields"),
        ("merge", "from reports.views import view"),
        ("pipeline", "from reports import load, merge, __version__"),
        ("cli", "from reports import preview, scheduler"),
    ],
)
def test_an_import_that_goes_down_is_allowed(module: str, source: str) -> None:
    assert upward_imports(module, ast.parse(source)) == []


@pytest.mark.parametrize(
    ("module", "source", "count"),
    [
        ("load", "import yaml, re", 0),
        ("charts.bars", "from matplotlib.figure import Figure", 0),
        ("merge", "import yaml", 1),
        ("cli", "import pandas", 1),
    ],
)
def test_a_library_away_from_home_is_found(module: str, source: str, count: int) -> None:
    assert len(strayed_libraries(module, ast.parse(source))) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("from datetime import datetime, UTC\ndatetime.now(UTC)", 1),
        ("import datetime as dt\ndt.date.today()", 1),
        ("from time import time as clock\nfield(default_factory=clock)", 1),
        ("import time\ntime.time(), time.monotonic()", 1),
        ("def built(now: datetime) -> str:\n    return now.date().isoformat()", 0),
    ],
)
def test_a_reading_of_the_clock_is_found(source: str, count: int) -> None:
    assert len(clock_readings(ast.parse(source))) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("open(path, 'w', encoding='utf-8')", 1),
        ("open(path, mode='xb')", 1),
        ("open(path, mode)", 1),
        ("path.open('r+b')", 1),
        ("path.write_bytes(b'')", 1),
        ("import os\nos.replace(a, b)", 1),
        ("from shutil import copyfile\ncopyfile(a, b)", 1),
        ("open(path, encoding='utf-8'), open(path, 'rb'), path.open('rb'), path.read_text()", 0),
        ("Image.open(picture), zipfile.ZipFile(buffer, 'w')", 0),
        ("text.replace('a', 'b')", 0),
    ],
)
def test_a_writing_of_a_file_is_found(source: str, count: int) -> None:
    assert len(file_writings(ast.parse(source))) == count
