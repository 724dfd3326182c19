"""Our own templates: clean, the same every time, and complete."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from reports.document.profiles import PROFILES
from reports.writers.word.ooxml import W, unpack
from reports.writers.word.reopen import get, open_package, value
from reports.writers.word.template import read_template
from tests.support.word_sample import TEMPLATES
from tools.word_lint.rules import lint
from tools.word_templates.build import main, starter
from tools.word_templates.profiles import LOOKS
from tools.word_templates.styles import Look


@pytest.fixture(params=list(LOOKS.values()), ids=list(LOOKS))
def look(request: pytest.FixtureRequest) -> Look:
    """Each look in turn."""
    found: Look = request.param
    return found


def test_every_profile_has_its_shipped_template() -> None:
    """What a profile names can be opened, and nothing is shipped that no profile names."""
    named = {profile.template for profile in PROFILES.values()}
    assert named == LOOKS.keys() == {path.name for path in TEMPLATES.glob("*.docx")}


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.docx")), ids=lambda path: path.name)
def test_shipped_templates_are_sound(path: Path) -> None:
    """Neither Office nor our lint finds anything; this holds after a restyling in Word, too."""
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=0).validate(path)
    assert [str(error) for error in result.errors] == []
    assert lint(path.read_bytes()) == []


@pytest.mark.parametrize("profile", sorted({name for name, _ in PROFILES}))
def test_the_languages_of_a_profile_have_the_same_styles(profile: str) -> None:
    """Whatever the Chinese report can show, the English one can."""
    chinese, *others = (
        {style.name for style in look.styles} for look in LOOKS.values() if look.file.startswith(profile)
    )
    assert len(others) == 2
    assert all(styles == chinese for styles in others)


def test_every_profile_can_show_what_another_can() -> None:
    """A part of the title block, an annex or a citation looks for its style in any profile's template."""
    common = set.intersection(*({style.name for style in look.styles} for look in LOOKS.values()))
    own = {name for look in LOOKS.values() for name in (style.name for style in look.styles)} - common
    assert own == {"Lead"}


def test_traditional_letters_are_set_in_traditional_faces() -> None:
    """And the letters say which language they are, so that stand-ins have the right shapes."""
    for look in LOOKS.values():
        xml = unpack(starter(look))["word/styles.xml"].decode()
        traditional = look.file.endswith(".zh-Hant.docx")
        assert ('w:eastAsia="zh-TW"' in xml) == traditional
        assert not (traditional and any(face in xml for face in ("仿宋", "黑体", "楷体", "宋体")))


def test_the_same_look_gives_the_same_bytes(look: Look) -> None:
    """A template is made anew without a change in version control."""
    assert starter(look) == starter(look)


def test_a_starter_is_a_template(look: Look) -> None:
    """The writer can read it, and finds the styles of lists with their numbering."""
    template = read_template(starter(look), look.file)
    for style in ("List Bullet", "List Number", "Box Bullet", "Box Number", "Bibliography"):
        assert len(template.numbering(style).lefts) == 9


def test_headings_and_numbering_name_each_other(look: Look) -> None:
    """Word needs the link in both directions to number headings."""
    package = open_package(starter(look))
    levels = {
        value(level, "pStyle"): get(level, "ilvl")
        for level in package.trees["word/numbering.xml"].iter(f"{W}lvl")
        if value(level, "pStyle").startswith("Heading")
    }
    deepest = {"news": 0, "chapter": 5}.get(look.file.partition(".")[0], 4)
    assert levels == {f"Heading{n}": str(n - 1) for n in range(1, deepest + 1)}
    for style, level in levels.items():
        assert value(package.styles[style], "pPr/numPr/ilvl") == level
        assert value(package.styles[style], "pPr/numPr/numId") == "1"


def test_the_chinese_page_is_that_of_the_standard() -> None:
    """GB/T 9704: 37 mm above, 28 mm left, 22 lines of 28 characters."""
    section = read_template(starter(LOOKS["briefing.zh.docx"]), "zh").portrait
    assert section.height // 579 == 22
    assert (section.width + 5) // (320 - 5) == 28


def test_page_numbers_stand_outside_on_both_sides() -> None:
    """Odd pages right, even pages left, each between two dashes, with a result inside."""
    parts = unpack(starter(LOOKS["briefing.zh.docx"]))
    odd, even = (parts[f"word/footer{n}.xml"].decode() for n in (1, 2))
    assert 'w:jc w:val="right"' in odd
    assert 'w:jc w:val="left"' in even
    assert odd.count("—") == even.count("—") == 2
    assert b"<w:evenAndOddHeaders/>" in parts["word/settings.xml"]


def test_every_paragraph_style_has_a_sample(look: Look) -> None:
    """Who restyles the template in Word sees what there is."""
    shown = open_package(starter(look))
    used = {value(p, "pPr/pStyle") for p in shown.document.iter(f"{W}p")}
    assert used == {style.id for style in look.styles if style.kind == "paragraph"}


def test_the_command_prints_the_template(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """To standard output, from where the shell puts it where it belongs."""
    assert main(["briefing.en.docx"]) == 0
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == starter(LOOKS["briefing.en.docx"])
