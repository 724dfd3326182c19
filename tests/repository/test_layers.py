"""The house as a machine can check it: folders are rooms, imports go down, each library has one home.

The modules are read, not imported: what stands in a function or under TYPE_CHECKING counts like the rest.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGE = "reports"

#: From the lowest floor to the highest. Rooms on one floor do not know each other; a module that lies flat in
#: reports/ counts as a room.
FLOORS = (
    {""},
    {"product_files", "windows"},
    {"programs"},
    {"invocation"},
    {"diagnostics"},
    {"files", "text_files", "volumes"},
    {"model"},
    {"records", "document"},
    {"charts", "templating", "writers"},
    {"pipeline"},
    {"publishing", "preview"},
    {"review"},
    {"cli"},
    {"__main__"},
)
FLOOR = {room: n for n, rooms in enumerate(FLOORS) for room in rooms}

#: What values are made of: every room defines some.
EVERYWHERE = {"msgspec"}
#: The one folder that may import an outside library; whoever else needs it asks there.
HOMES = {
    "yaml": "records.text",
    "jinja2": "templating",
    "markdown_it": "document.markdown",
    "mdit_py_plugins": "document.markdown",
    "matplotlib": "charts",
    "numpy": "charts",
    "pylopdf_fonts_zh_cn": "charts",
    "PIL": "charts",
    "docx": "writers.word",
    "lxml": "writers.word",
    "rich": "cli",
    "shtab": "cli",
    "opencc": "document",
    "pypdf": "writers",
    "holidays": "model",
    "filelock": "",
    "openpyxl": "records.editing",
    "schedule": "publishing.scheduler",
    "starlette": "preview",
    "uvicorn": "preview",
    "watchfiles": "preview",
}

READS_THE_CLOCK = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}
MAY_READ_THE_CLOCK = ("cli.", "publishing.scheduler.resident", "preview.")

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
#: `pdf` writes into a folder of its own that is gone when it returns: LibreOffice reads files only.
MAY_WRITE_FILES = {"files", "writers.pdf"}

#: `invocation` asks what a person's shell finds, and starts nothing.
MAY_LOOK_FOR_PROGRAMS = {"programs", "invocation"}

MOST_MODULES, MOST_LINES, MOST_HANDED_ON = 15, 400, 6
#: One module a command.
MAY_HOLD_MORE = {"cli"}


def modules() -> dict[str, Path]:
    """Every module by its dotted name without `reports.`: "files", "charts.families.bars", "charts" for a package."""
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
        found[".".join(parts).removesuffix("__init__").removesuffix(".")] = path
    return found


MODULES = modules()
PACKAGES = {name for name, path in MODULES.items() if path.name == "__init__.py"}
TREES = {name: ast.parse(path.read_text("utf-8"), str(path)) for name, path in MODULES.items()}

#: The one module that imports what somebody typed.
FRONT_DOOR = "cli.main"

#: What `imported` says of an import that does not show the name of what it imports.
RELATIVE, COMPUTED = f"{PACKAGE}.(relative)", f"{PACKAGE}.(computed)"


def folder(module: str) -> str:
    """The folder *module* lies in: "charts.families", "" for reports/ itself."""
    return module if module in PACKAGES else module.rpartition(".")[0]


def room(module: str) -> str:
    return module.partition(".")[0]


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported: by `import_module` too, with a literal or out of a table."""
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
                    yield from ((node.lineno, name) for name in asked_for(asked, tree))


def asked_for(asked: ast.expr, tree: ast.AST) -> list[str]:
    """What `import_module` may import: a literal, or each word in the table of the module that it looks into."""
    match asked:
        case ast.Constant(value=name):
            return [str(name)]
        case ast.Subscript(value=ast.Name(id=table)):
            return table_of_modules(table, tree) or [COMPUTED]
    return [COMPUTED]


def table_of_modules(table: str, tree: ast.AST) -> list[str]:
    """The values of a mapping that is written out at the top of a module, [] where they are not all plain words."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Call(args=[ast.Dict(values=values)])):
                if name == table and all(isinstance(value, ast.Constant) for value in values):
                    return [str(value.value) for value in values if isinstance(value, ast.Constant)]
    return []


def tables_of_imports(tree: ast.AST) -> list[str]:
    """Every import out of a table: the front door alone has commands to choose from."""
    return [
        f"line {node.lineno}: only the front door imports out of a table"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and dotted(node.func, {}).endswith(("import_module", "__import__"))
        and any(isinstance(asked, ast.Subscript) for asked in node.args)
    ]


def own_imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and module (as in MODULES) of every import from the package itself."""
    for line, name in imported(tree):
        first, _, rest = name.partition(".")
        if first == PACKAGE:
            while rest and rest not in MODULES and "(" not in rest:
                rest = rest.rpartition(".")[
                    0
                ]  # reports.model.records.Record is an import of reports.model.records
            yield line, rest


def upward_imports(module: str, tree: ast.AST) -> list[str]:
    """What *module* imports of the package though it lies no floor lower."""
    wrong = []
    for line, other in own_imports(tree):
        if "(" in other:
            wrong.append(
                f"line {line}: write the full name of what is imported, not a {other.strip('()')} one"
            )
        elif room(other) != room(module) and FLOOR[room(other)] >= FLOOR[room(module)]:
            wrong.append(f"line {line}: {module} imports {other}, which lies no floor lower")
    return wrong


def strayed_libraries(module: str, tree: ast.AST) -> list[str]:
    """What *module* imports from outside though it is not its home."""
    wrong = []
    for line, name in imported(tree):
        library = name.partition(".")[0]
        if library in {PACKAGE, *EVERYWHERE} or library in sys.stdlib_module_names:
            continue
        home = HOMES.get(library)
        if home is None or not f"{folder(module)}.".startswith(f"{home}." if home else "."):
            where = "nowhere yet: give it a home in HOMES" if home is None else f"reports.{home}"
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
def test_imports_go_down_only(module: str) -> None:
    complain(module, upward_imports(module, TREES[module]))


@pytest.mark.parametrize("module", [name for name in MODULES if name != FRONT_DOOR])
def test_only_the_front_door_imports_out_of_a_table(module: str) -> None:
    complain(module, tables_of_imports(TREES[module]))


def test_the_front_door_reaches_the_module_of_every_command() -> None:
    """Those with options to add are commands, wherever they lie: none is forgotten."""
    commands = {
        module
        for module, tree in TREES.items()
        for node in ast.iter_child_nodes(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "add_options"
    }
    assert len(commands) > 10
    assert commands <= {module for _, module in own_imports(TREES[FRONT_DOOR])}


@pytest.mark.parametrize("module", MODULES)
def test_each_outside_library_is_imported_in_its_home_only(module: str) -> None:
    complain(module, strayed_libraries(module, TREES[module]))


@pytest.mark.parametrize(
    "module", [name for name in MODULES if not f"{name}.".startswith(MAY_READ_THE_CLOCK)]
)
def test_only_the_ways_in_read_the_clock(module: str) -> None:
    complain(module, clock_readings(TREES[module]))


@pytest.mark.parametrize("module", [name for name in MODULES if name not in MAY_WRITE_FILES])
def test_only_files_writes_files(module: str) -> None:
    complain(module, file_writings(TREES[module]))


@pytest.mark.parametrize("module", [name for name in MODULES if name not in MAY_LOOK_FOR_PROGRAMS])
def test_programs_are_looked_for_on_the_path_alone(module: str) -> None:
    names = local_names(TREES[module])
    found = (node for node in ast.walk(TREES[module]) if isinstance(node, ast.Name | ast.Attribute))
    wrong = [
        f"line {node.lineno}: shutil.which looks into the current folder first; ask reports.programs"
        for node in found
        if dotted(node, names) == "shutil.which"
    ]
    complain(module, wrong)


def test_no_modules_import_each_other() -> None:
    graph = {module: {other for _, other in own_imports(tree)} - {module} for module, tree in TREES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("these import each other: " + " → ".join(reversed(error.args[1])), pytrace=False)


# --- how the house is kept ----------------------------------------------------------------------------------


def test_a_folder_can_be_taken_in_at_a_glance() -> None:
    held = Counter(folder(module) for module in MODULES.keys() - PACKAGES)
    assert {name: n for name, n in held.items() if n > MOST_MODULES and name not in MAY_HOLD_MORE} == {}


def test_no_module_is_longer_than_one_sitting() -> None:
    lines = {module: len(path.read_text("utf-8").splitlines()) for module, path in MODULES.items()}
    assert {module: n for module, n in lines.items() if n > MOST_LINES} == {}


def test_every_package_says_in_a_sentence_what_it_holds_and_hands_on_little() -> None:
    handed: dict[str, set[str]] = {package: set() for package in PACKAGES}
    for tree in TREES.values():
        for _, name in imported(tree):
            package, _, leaf = name.removeprefix(f"{PACKAGE}.").rpartition(".")
            if (
                name.startswith(f"{PACKAGE}.")
                and package in PACKAGES
                and f"{package}.{leaf}".lstrip(".") not in MODULES
            ):
                handed[package].add(leaf)
    for package, names in handed.items():
        said = (ast.get_docstring(TREES[package]) or "").partition("\n")[0]
        assert re.fullmatch(r".{10,150}[.]", said), f"{package}: {said!r}"
        assert len(names) <= MOST_HANDED_ON, f"{package}: {sorted(names)}"


def test_a_class_has_one_meaning_in_the_whole_house() -> None:
    found = defaultdict(list)
    for module, tree in TREES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(module)
    assert {name: where for name, where in found.items() if len(where) > 1} == {}


def test_every_module_is_reached_by_a_command() -> None:
    reached, waiting = set(), ["__main__"]
    while waiting:
        module = waiting.pop()
        if module in MODULES and module not in reached:
            reached.add(module)
            waiting += [other for _, other in own_imports(TREES[module])]
            waiting += [package for package in PACKAGES if module.startswith(f"{package}.")]
    assert MODULES.keys() - reached == set()


# --- the rules themselves -----------------------------------------------------------------------------------

TABLE = "import importlib\nWORDS: Mapping[str, str] = MappingProxyType({'word': 'reports.%s'})\n"


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("model.values", "from reports.records.text.loader import read_file"),
        ("records.checks", "import reports.pipeline.build"),
        ("records.text.loader", "from reports.document import nodes"),
        ("model.values", "from . import periods"),
        ("writers.html", "from reports.charts import draw"),
        ("files", "from reports.model.values import Date"),
        ("pipeline.build", "def later():\n    from reports.cli import main"),
        (
            "model.values",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from reports.records import checks",
        ),
        ("records.checks", "import importlib\nimportlib.import_module('reports.templating.render')"),
        ("records.checks", "from importlib import import_module\nimport_module(name)"),
        ("records.checks", "import importlib\nimportlib.import_module(TABLE[name])"),
        ("records.checks", f"{TABLE % 'templating.render'}importlib.import_module(WORDS[word])"),
        ("cli.main", f"{TABLE % 'no.such'}importlib.import_module(WORDS[word] + 'x')"),
    ],
)
def test_an_import_that_goes_up_is_found(module: str, source: str) -> None:
    assert len(upward_imports(module, ast.parse(source))) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("model.values", "from reports.diagnostics.problems import Problem"),
        ("records.text.loader", "from reports.model.records import Node"),
        ("writers.html", "from reports.writers import title_block"),
        ("records.text.loader", "from reports.records.checks import CHECKS"),
        ("pipeline.build", "from reports import files, __version__"),
        ("cli.main", "from reports import preview, publishing"),
        ("cli.main", f"{TABLE % 'preview.server'}importlib.import_module(WORDS[word])"),
    ],
)
def test_an_import_that_goes_down_is_allowed(module: str, source: str) -> None:
    assert upward_imports(module, ast.parse(source)) == []


@pytest.mark.parametrize(
    ("module", "source", "count"),
    [
        ("records.text.loader", "import yaml, re", 0),
        ("charts.families.bars", "from matplotlib.figure import Figure", 0),
        ("records.checks", "import yaml", 1),
        ("cli.main", "import pandas", 1),
        ("files", "from filelock import FileLock", 0),
        ("text_files", "import yaml", 1),
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


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("import importlib\nimportlib.import_module(TABLE[word])", 1),
        ("from importlib import import_module\nimport_module(TABLE[word])", 1),
        ("import importlib\nimportlib.import_module('reports.files')", 0),
    ],
)
def test_an_import_out_of_a_table_is_found(source: str, count: int) -> None:
    assert len(tables_of_imports(ast.parse(source))) == count
