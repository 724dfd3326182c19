"""Bad data files, each with the problems it must give and no other: cases/data/*.yaml.

`# problem: code` stands on the guilty line; `# problem below: code` and `# problem above: code` next to one that
can hold no comment, `# problem of the file: code` where no line is to blame. To add a case, add a file. One in
another encoding is called encoding-CODEC.yaml. How each problem reads, with its caret, is in golden/bad-data.*.txt.

Size is not shown by a file: 5 MB of one are made in test_load, and so are nests and bombs of other forms.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from reports.diagnostics.problems import Lang, Problem, format_problem, in_order
from reports.model.cutoff import LATEST
from reports.pipeline.check import pictures
from reports.records.checks import overdue
from reports.records.readings.reading import at
from reports.records.text import tree_builder
from reports.records.text.loader import read_file
from reports.records.validation import read_reports, validate
from reports.text_files import source_line

CASES = Path(__file__).parent.parent / "cases"
BAD = sorted((CASES / "data").glob("*.yaml"))
GOLDEN = Path(__file__).parent.parent / "golden"
EXPECTED = re.compile(r"# problem( below| above| of the file)?: (.+)$")
OFFSET = {None: 0, " below": 1, " above": -1}
#: The day of the report: what was planned for an earlier one is overdue.
AS_OF = date(2023, 6, 30)


def problems_of(case: Path) -> list[Problem]:
    """Everything that is said of *case*, read together with the world it refers to."""
    world, wrong = read_file(CASES / "world.yaml", "data/a-world.yaml")
    assert not wrong
    file, problems = read_file(case, f"data/{case.name}")
    dataset, invalid = validate((world, file))
    _, misdefined = read_reports((world, file))
    return in_order(
        [
            *problems,
            *invalid,
            *misdefined,
            *pictures(dataset, case.parent),
            *overdue(at(dataset, LATEST), AS_OF),
        ]
    )


def expected(case: Path) -> Iterator[tuple[int, str]]:
    codec = case.stem.removeprefix("encoding-") if case.stem.startswith("encoding-") else "utf-8"
    text = case.read_bytes().decode(codec, "replace")
    for number, line in enumerate(re.split("\r\n|\r|\n", text), 1):
        if match := EXPECTED.search(line):
            place = 0 if match[1] == " of the file" else number + OFFSET[match[1]]
            yield from ((place, code.strip()) for code in match[2].split(","))


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML comes without libyaml, the same is said."""
    if request.param == "pure Python":
        monkeypatch.setattr(tree_builder, "_Parser", tree_builder._PurePython)


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.stem)
def test_a_bad_file_gives_its_problems_on_their_lines_and_no_other(case: Path) -> None:
    assert {(p.where.line, p.code) for p in problems_of(case)} == set(expected(case))


@pytest.mark.parametrize("case", sorted((CASES / "good").glob("*.yaml")), ids=lambda case: case.stem)
def test_an_odd_but_right_file_gives_none(case: Path) -> None:
    assert problems_of(case) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", BAD, ids=lambda case: case.stem)
def test_each_problem_is_told_in_both_languages(case: Path, lang: Lang) -> None:
    """With its values filled in, in the language asked for, and what to type where there is something to say."""
    for problem in problems_of(case):
        said = problem.message(lang)
        assert said
        assert not re.search(r"\{[a-z]+\}", said)
        assert (
            bool(re.search("[\u3400-\u9fff]", re.sub("“[^”]*”", "", said))) == (lang == "zh") or lang == "en"
        )
        assert problem.hint(lang) or problem.code == "data/one-of"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_problem_is_shown_as_the_golden_file_says(lang: Lang, update_golden: bool) -> None:
    """As an editor sees it: the line, the caret under what is wrong, what to type instead."""
    shown = "\n".join(f"{told(case, lang)}\n" for case in BAD)
    golden = GOLDEN / f"bad-data.{lang}.txt"
    if update_golden:
        golden.write_text(shown, encoding="utf-8", newline="\n")
    was = golden.read_text(encoding="utf-8")
    changed = difflib.unified_diff(was.split("\n"), shown.split("\n"), "golden", "now", lineterm="", n=1)
    assert not list(changed)


def told(case: Path, lang: Lang) -> str:
    """What is said of *case*; long lists of kinds and fields are cut, they grow with the product."""
    line = partial(source_line, {"data": case.parent})
    shown = "\n".join(format_problem(problem, lang, line) for problem in problems_of(case))
    return re.sub(r"((?:[a-z_]+, ){5})(?:[a-z_]+, )+[a-z_]+", r"\1…", shown)
