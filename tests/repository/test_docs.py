"""The documents say what is true: every example builds, every name is told, both languages say the same."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2
import pytest
from PIL import Image

from reports import charts
from reports.diagnostics.problems import ReportError
from reports.document.markdown.front_matter import META
from reports.document.markdown.parser import ROLES
from reports.document.numbering import warnings
from reports.model.kinds import KINDS
from reports.model.periods import Period
from reports.model.report_definitions import plan
from reports.model.values import Value, parse_date, parse_money, parse_quantity, parse_ratio, parse_share
from reports.model.wording import say
from reports.pipeline import build as pipeline
from reports.pipeline.read import Folders, Reading, read

ROOT = Path(__file__).parent.parent.parent
GUIDES = {"en": "docs/templates.md", "zh": "docs/templates.zh-CN.md"}
CHARTS = {"en": "docs/charts.md", "zh": "docs/charts.zh-CN.md"}
READMES = {"en": "README.md", "zh": "README.zh-CN.md"}
DOCUMENTS = (
    *GUIDES.values(),
    *CHARTS.values(),
    *READMES.values(),
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
    """A fenced block of the template guide; *output* is what the block behind it says comes of it."""

    place: str
    lang: str
    source: str
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
            if language == "jinja":
                place = f"{name}:{whole.count(chr(10), 0, found.start()) + 1}"
                yield Example(place, lang, found["body"], refused, found["output"] or "")


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(ROOT / "data")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all examples are built, so that a chart is drawn once."""
    return tmp_path_factory.mktemp("output")


@pytest.fixture
def tell(
    reading: Reading, tmp_path: Path, drawn: Path
) -> Callable[[str, str], tuple[pipeline.Told, dict[str, bytes]]]:
    """Build a template's text with the shipped data: the numbered tree, and the files by suffix."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folders = Folders(ROOT / "data", tmp_path / "templates", drawn)
    report = reading.reports.reports["ccicc-briefing"]
    job = plan(report, Period.parse("2023"), date(2023, 7, 1))

    def told(source: str, lang: str) -> tuple[pipeline.Told, dict[str, bytes]]:
        template = tmp_path / "templates" / report.template / f"report.{lang}.md.j2"
        template.write_text(source, encoding="utf-8")
        found = pipeline.tell(reading, folders, job, lang)
        files = {Path(name).suffix: data for name, data in pipeline._write(found, folders, ("docx", "md"))}
        return found, files

    return told


@pytest.mark.parametrize("example", [e for e in examples() if not e.refused], ids=lambda e: e.place)
def test_every_example_builds_without_a_problem(
    example: Example, tell: Callable[[str, str], tuple[pipeline.Told, dict[str, bytes]]]
) -> None:
    """In Word and in Markdown, without a warning; and it reads as the guide says."""
    told, files = tell(example.source, example.lang)

    assert [p.message() for p in warnings(told.document)] == []
    assert files[".docx"][:2] == b"PK"
    if example.output:
        made = files[".md"].decode().split("\n---\n", 1)[1]
        assert made.strip() == example.output.strip()


@pytest.mark.parametrize("example", [e for e in examples() if e.refused], ids=lambda e: e.place)
def test_what_the_guide_says_is_refused_is_refused(
    example: Example, tell: Callable[[str, str], tuple[pipeline.Told, dict[str, bytes]]]
) -> None:
    with pytest.raises(ReportError) as error:
        tell(example.source, example.lang)
    assert {p.code for p in error.value.problems} == {example.refused}


# --- names ------------------------------------------------------------------------------------------------


@pytest.fixture
def environment(tell: Callable[[str, str], object], monkeypatch: pytest.MonkeyPatch) -> jinja2.Environment:
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


@pytest.mark.parametrize("lang", READMES)
def test_values_read_as_the_readme_says(lang: str) -> None:
    """The table of forms: each can be written, and reads so in both languages."""
    rows = _FORM.findall(text(READMES[lang]))

    assert {kind for kind, *_ in rows} == set(_READERS)
    for kind, written, first, second in rows:
        value = _READERS[kind](written)
        other = "zh" if lang == "en" else "en"
        assert (say(value, lang), say(value, other)) == (first, second), written


# --- both languages ---------------------------------------------------------------------------------------


def headings(name: str) -> list[int]:
    """The levels of a document's headings, those inside fences left out."""
    return [len(mark) for mark in re.findall(r"^(#+) ", FENCE.sub("", text(name)), re.MULTILINE)]


@pytest.mark.parametrize("pair", [GUIDES, CHARTS, READMES], ids=["guide", "charts", "readme"])
def test_both_languages_have_the_same_headings(pair: dict[str, str]) -> None:
    assert headings(pair["en"]) == headings(pair["zh"])


@pytest.mark.parametrize("pair", [GUIDES, CHARTS, READMES], ids=["guide", "charts", "readme"])
def test_both_languages_have_the_same_examples(pair: dict[str, str]) -> None:
    english, chinese = (
        [found["info"] for found in FENCE.finditer(text(pair[lang]))] for lang in ("en", "zh")
    )

    assert english == chinese


# --- links, lines, pictures -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", FENCE.sub("", text(name))):
        if "://" not in target and "{{" not in target and not target.startswith("mailto:"):
            assert ((ROOT / name).parent / target).exists(), target


@pytest.mark.parametrize("name", DOCUMENTS)
def test_lines_are_short_enough_to_read(name: str) -> None:
    """What stands in fences and tables is as long as it is."""
    lines = FENCE.sub("", text(name)).splitlines()

    assert [line for line in lines if len(line) > 110 and not line.startswith("|")] == []


@pytest.mark.parametrize("lang", READMES)
def test_the_picture_of_a_page_is_small(lang: str) -> None:
    path = ROOT / "docs" / f"page.{lang}.png"

    assert path.stat().st_size < 150_000
    with Image.open(path) as image:
        assert image.width == 900


def test_every_chart_kind_has_its_picture() -> None:
    for lang in GUIDES:
        assert [
            k for k in charts.FAMILIES if not (ROOT / "docs" / "charts" / f"{k}.{lang}.png").is_file()
        ] == []


# --- what is shown of the commands ------------------------------------------------------------------------


@pytest.mark.parametrize("lang", READMES)
def test_the_readme_shows_what_trace_prints(lang: str, tmp_path: Path) -> None:
    """The example in the readme is what a person gets."""
    run = [sys.executable, str(ROOT / "run.py")]
    build = [*run, "build", "ccicc-briefing", "--lang", lang, "--format", "docx", "--output", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [(command, shown)] = re.findall(
        r"^\$ run\.py (trace .*)\n((?:.*\n)*?)```", text(READMES[lang]), re.MULTILINE
    )
    arguments = command.replace("output/", f"{tmp_path.as_posix()}/").split()
    made = subprocess.run(
        [*run, *arguments], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout

    assert made == shown


@pytest.mark.parametrize("lang", READMES)
def test_the_readme_gives_a_reason_for_every_dependency(lang: str) -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["preview"]
    table = [line for line in text(READMES[lang]).splitlines() if line.startswith("|")]

    for requirement in wanted:
        name = re.split(r"[<>=;\[ ]", requirement)[0]
        assert any(
            re.search(rf"(?i)(?<![\w-]){re.escape(name)}(?![\w-])", row.split("|")[1]) for row in table
        ), name
