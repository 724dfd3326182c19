"""Manuscripts: tokens that stand for values, and the template line each line of Markdown came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.diagnostics.problems import Where
from reports.document.manuscript import INSERT, RESERVED, Manuscript, insert_token, line_token, unmark

NAMES = ("templates/a.md.j2", "templates/b.md.j2")
A, B = NAMES


def test_a_token_is_found_again() -> None:
    found = INSERT.fullmatch(insert_token(12))
    assert found is not None
    assert found[1] == "12"


def test_the_letters_of_tokens_are_reserved() -> None:
    assert all(
        RESERVED.match(letter) for letter in insert_token(0) + line_token(0, 1) if not letter.isdigit()
    )


def test_lines_know_where_they_came_from() -> None:
    marked = f"甲{line_token(0, 1)}\n乙{line_token(1, 7)}\n丙{line_token(0, 2)}"
    assert unmark(marked, NAMES) == ("甲\n乙\n丙", (Where(A, 1), Where(B, 7), Where(A, 2)))


def test_of_several_tokens_in_a_line_the_last_counts() -> None:
    """A macro's lines end inside the line that calls it."""
    assert unmark(f"甲{line_token(1, 7)}乙{line_token(0, 2)}", NAMES) == ("甲乙", (Where(A, 2),))


def test_a_line_without_token_came_with_the_next_that_has_one() -> None:
    """The lines of a value that holds line ends belong to the template line that prints it."""
    marked = f"甲{line_token(0, 1)}\n乙\n丙{line_token(0, 2)}\n丁"
    assert unmark(marked, NAMES)[1] == (Where(A, 1), Where(A, 2), Where(A, 2), Where(A, 2))


def test_without_any_token_all_came_from_the_first_line() -> None:
    assert unmark("甲\n乙", NAMES)[1] == (Where(A, 1), Where(A, 1))
    assert unmark("", ()) == ("", (Where("", 1),))


@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="\n\ue002\ue003\ue004")), st.booleans())))
def test_nothing_but_the_tokens_is_taken_out(parts: list[tuple[str, bool]]) -> None:
    marked = "\n".join(text + (line_token(0, n) if token else "") for n, (text, token) in enumerate(parts, 1))
    text, places = unmark(marked, NAMES)
    assert text == "\n".join(text for text, _ in parts)
    assert len(places) == text.count("\n") + 1


@pytest.mark.parametrize(("line", "expected"), [(0, 1), (1, 2), (99, 2)])
def test_the_place_of_a_line(line: int, expected: int) -> None:
    assert Manuscript("甲\n乙", "zh", (Where(A, 1), Where(A, 2))).where(line) == Where(A, expected)


def test_a_manuscript_without_places_has_an_unknown_one() -> None:
    assert Manuscript("甲", "zh", ()).where(0) == Where("")
