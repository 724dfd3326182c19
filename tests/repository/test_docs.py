"""The documents say what is true: every example builds, every name is told, both languages say the same."""

from __future__ import annotations

import copy
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath

import docx
import jinja2
import pytest
from docx.oxml.ns import qn

from reports import charts
from reports.cli.scaffold import init
from reports.diagnostics.problems import ReportError
from reports.document.markdown.front_matter import META
from reports.document.markdown.parser import ROLES
from reports.document.numbering import warnings
from reports.model.dates import parse_date
from reports.model.formatting import say
from reports.model.kinds import KINDS
from reports.model.periods import Period
from reports.model.report_definitions import Job, plan
from reports.model.standing.standing import SIGNS
from reports.model.values import Value, parse_money, parse_quantity, parse_ratio, parse_share
from reports.pipeline import build
from reports.pipeline.read import Folders, Reading, read
from reports.records.readings.progress import ORDER
from reports.templating import tables
from reports.templating.in_time import changes

ROOT = Path(__file__).parent.parent.parent
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
#: The pages of docs/ by their name, each in both languages.
PAGES = {
    name: {"en": f"docs/{name}.md", "zh": f"docs/{name}.zh-CN.md"}
    for name in (
        "secretariat",
        "editors",
        "what-happened",
        "returned-reports",
        "templates",
        "charts",
        "installing",
        "windows",
    )
}
GUIDES, CHARTS, EDITORS = PAGES["templates"], PAGES["charts"], PAGES["editors"]
RETURNED, INSTALLING = PAGES["returned-reports"], PAGES["installing"]
PAIRS = {"readme": READMES, **PAGES}
#: Written by `run.py schema --reference`; its lines and headings are looked at where it is made.
REFERENCES = ("docs/data-reference.md", "docs/data-reference.zh-CN.md")
DOCUMENTS = (
    *(name for pair in PAIRS.values() for name in pair.values()),
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# --- examples ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Example:
    """A fenced block of the template guide, for the data *world*; *output* is what the block behind it says comes of
    it."""

    place: str
    lang: str
    source: str
    world: str = ""
    refused: str = ""
    output: str = ""


FENCE = re.compile(
    r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$(?:\n\n^```markdown\n(?P<output>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)


def examples() -> Iterator[Example]:
    for lang, name in GUIDES.items():
        whole = text(name)
        for found in FENCE.finditer(whole):
            language, _, refused = found["info"].partition(" refused: ")
            language, _, world = language.partition(" ")
            if language == "jinja":
                place = f"{name}:{whole.count(chr(10), 0, found.start()) + 1}"
                yield Example(place, lang, found["body"], world, refused, found["output"] or "")


@dataclass(frozen=True)
class World:
    """The data that examples are built with, and the edition that they are."""

    data: Path
    reading: Reading
    job: Job

    @classmethod
    def of(cls, data: Path, report: str, period: str, today: date) -> World:
        reading = read(data)
        return cls(data, reading, plan(reading.reports.reports[report], Period.parse(period), today))


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, World]:
    """The shipped data; for what changes in time the invented quarters that `run.py init` brings."""
    own = tmp_path_factory.mktemp("own") / "secretariat"
    init(own, date(2026, 11, 30))
    return {
        "": World.of(ROOT / "data", "ccicc-briefing", "2023", date(2023, 7, 1)),
        "liaison": World.of(own / "data", "quarterly", "2025Q3", date(2026, 11, 30)),
    }


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all examples are built, so that a chart is drawn once."""
    return tmp_path_factory.mktemp("output")


Tell = Callable[..., tuple[build.LanguageEdition, dict[str, bytes]]]


@pytest.fixture
def tell(worlds: Mapping[str, World], tmp_path: Path, drawn: Path) -> Tell:
    """Build a template's text with the data of a world: the numbered tree, and the files by suffix."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")

    def told(source: str, lang: str, world: str = "") -> tuple[build.LanguageEdition, dict[str, bytes]]:
        there = worlds[world]
        folders = Folders(there.data, tmp_path / "templates", drawn)
        template = folders.templates / there.job.report.template / f"report.{lang}.md.j2"
        template.parent.mkdir(exist_ok=True)
        template.write_text(source, encoding="utf-8")
        found = build.tell(there.reading, folders, there.job, lang)
        files = {Path(name).suffix: data for name, data in build._write(found, folders, ("docx", "md"))}
        return found, files

    return told


@pytest.mark.parametrize("example", [e for e in examples() if not e.refused], ids=lambda e: e.place)
def test_every_example_builds_without_a_problem(example: Example, tell: Tell) -> None:
    """In Word and in Markdown, without a warning; and it reads as the guide says."""
    told, files = tell(example.source, example.lang, example.world)

    assert [p.message() for p in warnings(told.document)] == []
    assert files[".docx"][:2] == b"PK"
    if example.output:
        # A page shows spaces that hold words together as any others.
        made = files[".md"].decode().split("\n---\n", 1)[1].replace("\N{NO-BREAK SPACE}", " ")
        assert made.strip() == example.output.strip()


@pytest.mark.parametrize("example", [e for e in examples() if e.refused], ids=lambda e: e.place)
def test_what_the_guide_says_is_refused_is_refused(example: Example, tell: Tell) -> None:
    with pytest.raises(ReportError) as error:
        tell(example.source, example.lang, example.world)
    assert {p.code for p in error.value.problems} == {example.refused}


# --- names ------------------------------------------------------------------------------------------------


@pytest.fixture
def environment(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> jinja2.Environment:
    """The environment in which templates run."""
    seen: list[jinja2.Environment] = []
    get_template = jinja2.Environment.get_template

    def watched(self: jinja2.Environment, *args: object, **kwargs: object) -> jinja2.Template:
        seen.append(self)
        return get_template(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(jinja2.Environment, "get_template", watched)
    tell("text", "en")
    return seen[0]


@pytest.mark.parametrize("guide", GUIDES.values())
def test_the_guide_tells_of_every_name_a_template_may_use(
    environment: jinja2.Environment, guide: str
) -> None:
    """Functions, filters, kinds of records."""
    code = re.findall(r"`([^`]+)`", FENCE.sub("", text(guide)))
    told = set(re.findall(r"[a-z_]+", " ".join(code)))

    assert set(environment.filters) - told == set()
    assert set(environment.globals) - told == set()
    assert set(KINDS) - told == set()


@pytest.mark.parametrize("guide", GUIDES.values())
def test_the_guide_tells_of_every_word_about_time(guide: str) -> None:
    """What a change may be called, its parts, the states of records, what stands in a cell alone."""
    whole = text(guide)

    for words in (ORDER, changes.PARTS, SIGNS, tables.IN_CELLS):
        assert [word for word in words if f"`{word}`" not in whole] == []


@pytest.mark.parametrize("guide", GUIDES.values())
def test_the_guide_tells_of_every_block_and_title_part(guide: str) -> None:
    whole = text(guide)

    assert [role for role in ROLES if f"`::: {role}`" not in whole] == []
    assert [part for part in META if f"`{part}`" not in whole] == []


@pytest.mark.parametrize("lang", CHARTS)
def test_the_charts_page_tells_of_every_kind_and_option_with_its_words(lang: str) -> None:
    whole = text(CHARTS[lang])

    for kind, family in charts.FAMILIES.items():
        assert f"](charts/{kind}.{lang}.png)" in whole
        assert f'chart("{kind}", ' in whole
        rows = {row.split("|")[1].strip(): row for row in whole.splitlines() if row.startswith("| `")}
        for option, words in family.options.items():
            assert [word for word in words if f"`{word}`" not in rows[f"`{option}=`"]] == []


# --- values -----------------------------------------------------------------------------------------------

_READERS: Mapping[str, Callable[[object], Value]] = {
    "date": parse_date, "quantity": parse_quantity, "ratio": parse_ratio, "share": parse_share, "money": parse_money,
}  # fmt: skip
_FORM = re.compile(r"^\| (\w+) \| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


@pytest.mark.parametrize("lang", EDITORS)
def test_values_read_as_editors_are_told(lang: str) -> None:
    """The table of forms: each can be written, and reads so in both languages."""
    rows = _FORM.findall(text(EDITORS[lang]))

    assert {kind for kind, *_ in rows} == set(_READERS)
    for kind, written, first, second in rows:
        value = _READERS[kind](written)
        other = "zh" if lang == "en" else "en"
        assert (say(value, lang), say(value, other)) == (first, second), written


# --- both languages ---------------------------------------------------------------------------------------


def headings(name: str) -> list[tuple[int, str]]:
    """Level and words of a document's headings, those inside fences left out."""
    found = re.findall(r"^(#+) (.+)$", FENCE.sub("", text(name)), re.MULTILINE)
    return [(len(mark), words) for mark, words in found]


def test_every_page_has_its_twin() -> None:
    """Nobody finds a page in one language only."""
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")}

    assert there == {name for pair in PAGES.values() for name in pair.values()} | set(REFERENCES)


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_both_languages_say_the_same(pair: dict[str, str]) -> None:
    """The same headings, the same examples, the same tables: what can be counted."""
    english, chinese = (
        (
            [level for level, _ in headings(name)],
            [found["info"] for found in FENCE.finditer(text(name))],
            [line.count("|") for line in text(name).splitlines() if line.startswith("|--")],
        )
        for name in pair.values()
    )

    assert english == chinese


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_both_languages_show_the_same_commands(pair: dict[str, str]) -> None:
    english, chinese = (
        {(name, *options) for name, options in commands_in(text(file))} for file in pair.values()
    )

    assert english == chinese


# --- links, lines, pictures -------------------------------------------------------------------------------


def anchors(name: str) -> set[str]:
    """The anchors that the forges make of a document's headings."""
    words = (re.sub(r"[`*]", "", words).lower() for _, words in headings(name))
    return {re.sub(r"[^\w\- ]", "", word).replace(" ", "-") for word in words}


@pytest.mark.parametrize("name", [*DOCUMENTS, *REFERENCES])
def test_links_lead_somewhere(name: str) -> None:
    """To a file that is there, and to a heading that it has."""
    for target in re.findall(r"\]\(([^)\s]+)", FENCE.sub("", text(name))):
        if "://" in target or "{{" in target or target.startswith("mailto:"):
            continue
        file, _, anchor = target.partition("#")
        path = ((ROOT / name).parent / file).resolve() if file else ROOT / name
        assert path.exists(), target
        assert not anchor or anchor in anchors(path.relative_to(ROOT).as_posix()), target


PATH = re.compile(r"`((?:[\w.-]+/)*[\w.-]+(?:/|[.](?:py|toml|md|css|yaml|yml|tsv)))(?: [\w=]+)?`")


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_what_contributors_are_sent_to_is_there(name: str) -> None:
    """Paths stand as in the repository, or from a folder on that the sentence is about."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    there = {f"/{path}" for path in listed.split()}
    there |= {f"{parent}/" for path in there for parent in PurePosixPath(path).parents}
    made = {"dist/"}
    missing = [
        p
        for p in PATH.findall(text(name))
        if p not in made and not any(f"{one}".endswith(f"/{p}") for one in there)
    ]
    assert missing == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_lines_are_short_enough_to_read(name: str) -> None:
    """What stands in fences and tables is as long as it is."""
    lines = FENCE.sub("", text(name)).splitlines()

    assert [line for line in lines if len(line) > 110 and not line.startswith("|")] == []


def test_pictures_are_small() -> None:
    """Whoever opens a page over a slow line sees it."""
    pictures = [path for path in (ROOT / "docs").rglob("*.png") if path.stat().st_size > 150_000]

    assert pictures == []


# --- what is shown of the commands ------------------------------------------------------------------------


def help_of(*arguments: str) -> str:
    run = [sys.executable, str(ROOT / "run.py"), *arguments, "--help"]
    return subprocess.run(run, cwd=ROOT, check=True, capture_output=True, encoding="utf-8").stdout


@cache
def known_commands() -> frozenset[str]:
    """What `run.py --help` lists."""
    return frozenset(re.findall(r"^    ([a-z][a-z-]*) ", help_of(), re.MULTILINE))


@cache
def known_options(command: str) -> frozenset[str]:
    """What `run.py COMMAND --help` explains."""
    return frozenset(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_of(command)))


def commands_in(words: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every command that a text shows, with the long options behind it."""
    for found in re.finditer(r"(?:run\.py|progress-reports) ([a-z][a-z-]*)([^`\n|#]*)", words):
        yield found[1], tuple(re.findall(r"(?<![\w-])--[a-z][a-z-]*", found[2]))


@pytest.mark.parametrize("name", [*DOCUMENTS, *REFERENCES])
def test_commands_that_are_shown_exist(name: str) -> None:
    """What a person copies out of a document is understood."""
    for command, options in commands_in(text(name)):
        assert command in known_commands(), command
        assert set(options) <= known_options(command), (command, options)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_targets_of_make_that_are_shown_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    shown = re.findall(r"(?:^|`)make ([a-z-]+)", text(name), re.MULTILINE)

    assert set(shown) <= targets


@pytest.mark.parametrize("lang", READMES)
def test_the_readme_tells_of_every_command(lang: str) -> None:
    assert known_commands() - {command for command, _ in commands_in(text(READMES[lang]))} == set()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the briefing was built and issued, and the paper built."""
    folder = tmp_path_factory.mktemp("office")
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    typed(folder, "build", "ccicc-briefing")
    typed(folder, "approve", "ccicc-briefing", "2023", "--by", "NAME")
    typed(folder, "build", "alliance-paper", "--format", "docx")
    return folder


def typed(folder: Path, *arguments: str, lang: str = "en") -> str:
    """What a person who types this reads."""
    run = [sys.executable, str(ROOT / "run.py"), *arguments]
    here = {**os.environ, "REPORTS_LANG": lang}
    return subprocess.run(run, cwd=folder, env=here, check=True, capture_output=True, encoding="utf-8").stdout


def shown(lang: str, command: str) -> list[tuple[list[str], str]]:
    """What the page on returned reports types of a command, and what it says comes of it."""
    pattern = rf"^\$ run\.py ({command} .*)\n((?:.*\n)*?)```"
    return [
        (line.split(), output) for line, output in re.findall(pattern, text(RETURNED[lang]), re.MULTILINE)
    ]


@pytest.mark.parametrize("lang", RETURNED)
def test_the_page_shows_what_trace_prints(lang: str, office: Path) -> None:
    value, worked_out = shown(lang, "trace")

    for arguments, output in (value, worked_out):
        assert typed(office, *arguments, lang=lang) == output


#: A date that was replaced, an open field with a comment on it, by whom.
READERS = {
    "en": ("October 2019", "November 2019", "not assigned", "The liaison office, please.", "Director"),
    "zh": ("2019年10月", "2019年11月", "未指定", "由驻外办事处负责。", "院领导"),
}


@pytest.mark.parametrize("lang", RETURNED)
def test_the_page_shows_what_review_prints(lang: str, office: Path) -> None:
    [(arguments, output)] = shown(lang, "review")
    built = office / "output" / "ccicc-briefing" / "2023" / f"ccicc-briefing-2023.{lang}.docx"
    commented(built, office / arguments[1], *READERS[lang])

    assert typed(office, *arguments, lang=lang) == output


def commented(built: Path, path: Path, was: str, now: str, left_open: str, said: str, by: str) -> None:
    """Save *built* as a reader did: a value of a table replaced with tracking, and a comment on another."""
    document = docx.Document(str(built))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    runs = [run for cell in cells for paragraph in cell.paragraphs for run in paragraph.runs]
    struck = [run for run in runs if run.text == was][-1]._r
    put_in = copy.deepcopy(struck)
    put_in[-1].text = now
    struck[-1].tag = qn("w:delText")
    for tag, run in (("w:ins", put_in), ("w:del", struck)):
        change = struck.makeelement(qn(tag))
        for name, value in (("id", "900"), ("author", by), ("date", "2023-06-12T09:30:00Z")):
            change.set(qn(f"w:{name}"), value)
        (struck.addnext if run is put_in else struck.addprevious)(change)
        change.append(run)
    comment = document.add_comment(next(run for run in runs if run.text == left_open), said, by)
    comment._comment_elm.set(qn("w:date"), "2023-06-12T09:41:00Z")
    document.save(str(path))


@pytest.mark.parametrize("lang", INSTALLING)
def test_every_package_that_gets_installed_has_its_reason(lang: str) -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["preview"]
    table = [line for line in text(INSTALLING[lang]).splitlines() if line.startswith("|")]

    for requirement in wanted:
        name = re.split(r"[<>=;\[ ]", requirement)[0]
        assert any(
            re.search(rf"(?i)(?<![\w-]){re.escape(name)}(?![\w-])", row.split("|")[1]) for row in table
        ), name
