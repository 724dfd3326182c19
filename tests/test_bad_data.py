"""Bad data files, each with the problems it must give and no other: cases/data/*.yaml.

`# problem: code` stands on the guilty line; `# problem below: code` and `# problem above: code` next to one that
can hold no comment. To add a case, add a file.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports import load
from reports.load import read_file
from reports.problems import Lang, Problem
from reports.validate import read_reports, validate

CASES = Path(__file__).parent / "cases"
EXPECTED = re.compile(r"# problem( below| above)?: (.+)$")
OFFSET = {None: 0, " below": 1, " above": -1}


def problems_of(case: Path) -> list[Problem]:
    """Everything that is said of *case*, read together with the world it refers to."""
    world, wrong = read_file(CASES / "world.yaml", "data/a-world.yaml")
    assert not wrong
    file, problems = read_file(case, f"data/{case.name}")
    _, invalid = validate((world, file))
    _, misdefined = read_reports((world, file))
    return [*problems, *invalid, *misdefined]


def expected(case: Path) -> set[tuple[int, str]]:
    found = set()
    for number, line in enumerate(re.split("\r\n|\r|\n", case.read_bytes().decode()), 1):
        if match := EXPECTED.search(line):
            found |= {(number + OFFSET[match[1]], code.strip()) for code in match[2].split(",")}
    return found


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML comes without libyaml, the same is said."""
    if request.param == "pure Python":
        monkeypatch.setattr(load, "_Parser", load._PurePython)


@pytest.mark.parametrize("case", sorted((CASES / "data").glob("*.yaml")), ids=lambda case: case.stem)
def test_a_bad_file_gives_its_problems_on_their_lines_and_no_other(case: Path) -> None:
    assert {(p.where.line, p.code) for p in problems_of(case)} == expected(case)


@pytest.mark.parametrize("case", sorted((CASES / "good").glob("*.yaml")), ids=lambda case: case.stem)
def test_an_odd_but_right_file_gives_none(case: Path) -> None:
    assert problems_of(case) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", sorted((CASES / "data").glob("*.yaml")), ids=lambda case: case.stem)
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
