"""Every pattern that meets text from outside takes time in proportion to it: eight times the text, not sixty times as long."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest

from reports.document import typography
from reports.document.markdown import dialect
from reports.model.dates import parse_date
from reports.model.values import parse_money, parse_quantity, parse_ratio, parse_share
from reports.records.editing.sheets.cell_values import text_of
from reports.records.suggestions import CASES, guess
from reports.records.text.loader import parse

UNITS = (
    " ", "\t", "\n", "a ", "1", "1,", "- ", "--", "# ", " #", '"', "'", "\\", "[", "]", "[[", "[a, ", "{", "{a: ", "}", ", ", "：", ": ",
    "“", "”", "（", "(", "中", "。", "…", "\u3000", "锟斤拷", "年", "约", "a@", "a.", "*", "&a ", "|", ">", "a: b\n", "- id: a\n", "// ", "、",
    "![", "](", "![a](", "[a](b", "[^", "^[", "[^a]", "**a", "_", "*a _b ", "~~a", "^a", "`a", "@a ", "[@a; ", "<a", "| a ", "> ", "::: a\n",
    "{#a ", "[a]: b\n", "a  \n", "\ue000 1 \ue001",
)  # fmt: skip


def wrong_in_words(read: Callable[[str], object]) -> Callable[[str], object]:
    def tried(text: str) -> None:
        try:
            read(text)
        except ValueError:
            return

    return tried


READERS: Mapping[str, Callable[[str], object]] = {
    "YAML": lambda text: parse(text, "data/a/b.yaml"),
    "YAML value": lambda text: parse(f"events:\n  - id: a\n    title: {text}\n", "data/a/b.yaml"),
    "YAML in brackets": lambda text: parse(f"events:\n  - {{id: a, title: {text}}}\n", "data/a/b.yaml"),
    "Markdown": dialect.block_tokens,
    "Markdown in a line": dialect.inline_tokens,
    "attributes": dialect.split_attributes,
    "typography": lambda text: [list(rule(text)) for rule in typography.RULES],
    "guesses": lambda text: [guess(code, text) for code in CASES],
    "values": lambda text: [wrong_in_words(read)(text) for read in (parse_date, parse_quantity, parse_ratio, parse_share, parse_money)],
    "cells": lambda text: (text_of(text), text_of(1.5, text)),
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_eight_times_the_text_takes_no_sixty_times_as_long(name: str) -> None:
    """What takes little is not measured; the rest by the best of three, for the machine has other work, too: in
    proportion it takes 8 times as long, with the square of the length 64 times."""
    read = READERS[name]

    def seconds(text: str, times: int = 1) -> float:
        found = []
        for _ in range(times):
            begin = time.process_time()
            read(text)
            found.append(time.process_time() - begin)
        return min(found)

    slow = {}
    for unit in UNITS:
        short, long = (f"a {unit * (size // len(unit))}x" for size in (1_500, 12_000))
        if seconds(long) > 0.3:
            once, took = seconds(short, 3), seconds(long, 3)
            if took > 30 * once:
                slow[unit] = (once, took)
    assert slow == {}
