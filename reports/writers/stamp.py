"""Words put into a file that is written already, in the places of signs that stand for them.

The words need no escaping in any format, and no sign divides a run of letters: the file is the one that would have
been written with the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from reports.writers.word.zip_file import pack, unpack

_TEXTS = ("md", "html")
_WORD = "word/document.xml"
_CREATED = re.compile(rb"<dcterms:created[^>]*>(\d{4}-\d\d-\d\d)")


def reworded(suffix: str, data: bytes, given: Mapping[str, str]) -> bytes:
    """Return the file with every sign of *given* exchanged for its words; one of another kind as it is."""
    if suffix in _TEXTS:
        return _exchanged(data, given)
    if suffix != "docx":
        return data
    parts = unpack(data)
    return pack({**parts, _WORD: _exchanged(parts[_WORD], given)})


def _exchanged(data: bytes, given: Mapping[str, str]) -> bytes:
    for sign, words in given.items():
        data = data.replace(sign.encode(), words.encode())
    return data


def day_of(word: bytes) -> date:
    """Return the day a Word file of ours says it was made on."""
    found = _CREATED.search(unpack(word)["docProps/core.xml"])
    assert found, "every file we write says its day"
    return date.fromisoformat(found[1].decode())
