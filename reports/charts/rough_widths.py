"""How wide words will be in a chart, without its fonts: near enough to say that it surely fits a page."""

from __future__ import annotations

import re
from functools import cache

from reports.diagnostics.problems import display_width

#: A point in cm.
_POINT = 2.54 / 72
#: Widths in letter sizes, as the chart font has them, by groups of Latin letters; all others of Latin, and Chinese.
_WIDTHS = dict.fromkeys(" ',.:;!|/\\-()[]{}ijlfrtI", 0.31) | dict.fromkeys("mwMW%@", 0.88)
_WIDTHS |= dict.fromkeys("ABCDGHKNOQRU&", 0.68)
_LATIN, _COLUMN = 0.57, 0.5
#: Signs that the chart fonts have: Latin, general punctuation, Chinese (GB 2312 and the rest of that block), full width.
_ORDINARY = re.compile(
    "[\x20-\x7e\xa0-\u017f\u2010-\u2014\u2018-\u201d\u2026\u3001-\u3011\u4e00-\u9fa5\uff01-\uff5e]*"
)


@cache
def roughly(text: str, size: float) -> float:
    """Return about the width in cm of one line of *text* in letters of *size* points."""
    widths = (_WIDTHS.get(c, _LATIN) if c.isascii() else display_width(c) * _COLUMN for c in text)
    return sum(widths) * size * _POINT


def ordinary(text: str) -> bool:
    """Whether the chart fonts surely have every sign of *text*."""
    return _ORDINARY.fullmatch(text) is not None
