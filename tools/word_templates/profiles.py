"""The looks we ship, a template each: five profiles in Chinese, English and Traditional Chinese. Data only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec.structs import replace

from tools.word_templates import chinese as word_chinese
from tools.word_templates import english as word_english
from tools.word_templates.chinese import chinese, chinese_levels
from tools.word_templates.english import english, english_levels
from tools.word_templates.shared import (
    BOLD,
    DECIMAL,
    FANG,
    GREY,
    HEADINGS,
    HEI,
    INK,
    KAI,
    SANS,
    SERIF,
    SONG,
    TITLE,
    brief,
    color,
    page,
)
from tools.word_templates.styles import (
    Level,
    Levels,
    Look,
    Style,
    border,
    chars,
    font,
    ppr,
    relettered,
    restyled,
    rule,
    simple_field,
    size,
    tab,
)

_PAGE = simple_field("PAGE", "1")
_EASTERN = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


# --- heads and feet of pages ------------------------------------------------------------------------------


def _foot(align: str = "center", indent: str = "", dashes: bool = False) -> str:
    """The page number; in Chinese between two dashes."""
    dash = f'<w:r>{_EASTERN}<w:t xml:space="preserve">{{}}</w:t></w:r>'.format
    before, after = (dash("— "), dash(" —")) if dashes else ("", "")
    place = f'{indent}<w:jc w:val="{align}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{place}</w:pPr>{before}{_PAGE}{after}</w:p>'


def _outer(dashes: bool) -> dict[str, str]:
    """One character in from the outer edge, as GB/T 9704 asks."""
    right, left = (f'<w:ind w:{side}Chars="100" w:{side}="280"/>' for side in ("right", "left"))
    return {"default": _foot("right", right, dashes), "even": _foot("left", left, dashes)}


def _running(eastern: bool) -> dict[str, str]:
    """The first heading of the page, on odd pages and on even ones."""
    title = simple_field("STYLEREF 1", "heading 1", _EASTERN if eastern else "")
    head = f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{title}</w:p>'
    return {"default": head, "even": head}


# --- Chinese ----------------------------------------------------------------------------------------------

#: 22 lines of 28 characters of 16 pt, condensed a little, fill 442.2 pt (GB/T 9704).
_OFFICIAL = word_chinese.Measure(16, 579, 8844, 14, 12, 10.5, tight='<w:spacing w:val="-5"/>')
_BOOK = word_chinese.Measure(12, 420, 8730, 12, 10.5, 9, SONG)
_ARTICLE = word_chinese.Measure(10.5, 340, 9070, 10.5, 9, 9, SONG)
_STORY = word_chinese.Measure(12, 440, 8730, 12, 10.5, 10.5, SONG)

_ZH_BRIEFING = Look(
    file="briefing.zh.docx",
    lang="en-US",
    size=_OFFICIAL.size,
    latin=SERIF,
    han=FANG,
    page=page((2098, 1474, 1984, 1588), 851, 1420, 579),
    footers=_outer(dashes=True),
    numbering=((HEADINGS[:4], brief()), *chinese_levels(_OFFICIAL)),
    styles=chinese(_OFFICIAL),
)


def _zh_look(
    file: str, m: word_chinese.Measure, section: str, headings: Levels, styles: tuple[Style, ...]
) -> Look:
    return replace(
        _ZH_BRIEFING,
        file=file,
        size=m.size,
        han=m.body,
        page=section,
        footers={"default": _foot()},
        numbering=(headings, *chinese_levels(m)),
        styles=styles,
    )


def _zh_chapter() -> Look:
    m = _BOOK
    chapter = Level("chineseCountingThousand", "第%{}章\N{IDEOGRAPHIC SPACE}", "nothing")
    title = ppr(keep=True, page=True, number=1, space=(240, 480), align="center", outline=0)
    second = ppr(keep=True, number=1, level=1, space=(200, 120), indent=chars(2, 280), outline=1)
    styles = restyled(
        chinese(m),
        Style("heading 1", ppr=title, rpr=font(SANS, HEI) + size(18)),
        Style("heading 2", ppr=second, rpr=font(SANS, HEI) + size(14)),
        word_chinese.heading(m, 3, 1, font(SERIF, KAI) + size(13)),
        word_chinese.heading(m, 5, 1, ""),
        Style("heading 1 unnumbered", based="heading 1", ppr=_NONE),
        Style(
            "TOC Heading", ppr=ppr(keep=True, space=(240, 360), align="center"), rpr=font(SANS, HEI) + size(18)
        ),
        Style("header", ppr=ppr(border=border("bottom", rule("000000", 4)), align="center"),
              rpr=font(SERIF, SONG) + size(9)),
        Style("footer", ppr=ppr(), rpr=size(10.5)),
        Style("toc 1", ppr=ppr(tabs=tab(m.width, leader="dot"), line=m.line), rpr=font(SERIF, HEI)),
    )  # fmt: skip
    look = _zh_look("chapter.zh.docx", m, _BOOK_PAGE, (HEADINGS, (chapter, *brief(2))), styles)
    return replace(look, headers=_running(eastern=True), footers=_outer(dashes=False))


_NONE = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
_BOOK_PAGE = page((1701, 1588, 1588, 1588), 964, 907, 420)


def _zh_paper() -> Look:
    m = _ARTICLE

    def heading(level: int, before: int, letters: str) -> Style:
        body = ppr(keep=True, number=1, level=level - 1, space=(before, 80), align="left", outline=level - 1)
        return Style(f"heading {level}", ppr=body, rpr=letters)

    styles = restyled(
        chinese(m),
        Style("Title", ppr=ppr(keep=True, space=(120, 120), align="center"), rpr=font(SANS, HEI) + size(18)),
        Style(
            "Subtitle", ppr=ppr(keep=True, space=(0, 120), align="center"), rpr=font(SERIF, KAI) + size(14)
        ),
        heading(1, 240, font(SANS, HEI) + size(14)),
        heading(2, 160, font(SANS, HEI) + size(12)),
        heading(3, 120, font(SANS, HEI)),
        heading(4, 80, font(SERIF, KAI)),
        *(Style(f"heading {n} unnumbered", based=f"heading {n}", ppr=_NONE) for n in range(1, 5)),
        Style("footer", ppr=ppr(align="center"), rpr=size(9)),
    )
    return _zh_look("paper.zh.docx", m, _ARTICLE_PAGE, (HEADINGS[:4], DECIMAL), styles)


_ARTICLE_PAGE = page((1418, 1418, 1418, 1418), 851, 794, 340)


def _zh_news() -> Look:
    m = _STORY
    styles = restyled(
        chinese(m, headings=0),
        Style("Title", ppr=ppr(keep=True, space=(0, 100), line=640, align="center"),
              rpr=font(SERIF, TITLE) + size(20)),
        Style("Subtitle", ppr=ppr(keep=True, space=(0, 40), line=480, align="center"),
              rpr=font(SERIF, KAI) + size(14)),
        Style("Source Line", ppr=ppr(keep=True, border=border("bottom", rule("A6A6A6", 4, 4)), space=(80, 200),
              align="center"), rpr=color(GREY) + size(10.5)),
        Style("Lead", based="Body Text", rpr=font(SERIF, KAI)),
        Style("footer", ppr=ppr(align="center"), rpr=size(10.5)),
    )  # fmt: skip
    return _zh_look("news.zh.docx", m, _STORY_PAGE, ((), brief()), styles)


_STORY_PAGE = page((1588, 1588, 1474, 1588), 851, 907, 440)


# --- English ----------------------------------------------------------------------------------------------

_A4 = word_english.Measure(11, 9072, 10, 9)
_EN_BRIEFING = Look(
    file="briefing.en.docx",
    lang="en-GB",
    size=_A4.size,
    latin=SERIF,
    han=SONG,
    page=page((1417, 1417, 1417, 1417), 709, 709, 360, lines=False),
    footers={"default": _foot()},
    numbering=((HEADINGS[:4], DECIMAL), *english_levels()),
    styles=english(_A4),
)


def _en_chapter() -> Look:
    title = ppr(keep=True, page=True, number=1, space=(240, 360), align="center", outline=0)
    levels = (Level("decimal", "Chapter %{}", "space"), *(_below(level) for level in DECIMAL))
    styles = restyled(
        english(_A4),
        Style("heading 1", ppr=title, rpr=font(SANS, HEI) + BOLD + color(INK) + size(18)),
        word_english.heading(5, 1, 10.5, 160),
        Style("header", ppr=ppr(border=border("bottom", rule(GREY, 4)), align="center"),
              rpr=font(SANS, HEI) + color(GREY) + size(9)),
    )  # fmt: skip
    look = replace(_EN_BRIEFING, file="chapter.en.docx", numbering=((HEADINGS, levels), *english_levels()))
    return replace(look, styles=styles, headers=_running(eastern=False), footers=_outer(dashes=False))


def _below(level: Level) -> Level:
    """A decimal level under the chapter's own: 8.1."""
    return replace(level, text=level.text + f".%{level.text.count('%') + 1}")


def _en_paper() -> Look:
    def centred(name: str, points: float, after: int, letters: str = "") -> Style:
        return Style(name, ppr=ppr(keep=True, space=(0, after), align="center"), rpr=letters + size(points))

    styles = restyled(
        _EN_BRIEFING.styles,
        centred("Title", 17, 120, BOLD),
        centred("Subtitle", 13, 120),
        centred("Authors", 11, 40),
        centred("Affiliation", 9.5, 200, "<w:i/><w:iCs/>"),
    )
    return replace(_EN_BRIEFING, file="paper.en.docx", styles=styles)


def _en_news() -> Look:
    styles = restyled(
        english(_A4, headings=0),
        Style("Source Line", ppr=ppr(keep=True, border=border("bottom", rule("A6A6A6", 4, 4)), space=(40, 200),
              align="left"), rpr=color(GREY) + size(9.5)),
        Style("Lead", based="Body Text", rpr=size(12)),
    )  # fmt: skip
    return replace(
        _EN_BRIEFING, file="news.en.docx", numbering=(((), DECIMAL), *english_levels()), styles=styles
    )


# --- Traditional Chinese ----------------------------------------------------------------------------------

_MING, _BIAUKAI, _JHENGHEI = "新細明體", "標楷體", "微軟正黑體"


def _traditional(look: Look) -> Look:
    """The same look for Taiwan, Hong Kong and Macau: other faces and another language of the letters.

    Official letters are set in 標楷體 there, so that what is to stand out from them takes the other face.
    """
    body, other = (_BIAUKAI, _MING) if look.han == FANG else (_MING, _BIAUKAI)
    faces = {FANG: body, KAI: other, SONG: _MING, HEI: _JHENGHEI, TITLE: _BIAUKAI}
    return replace(
        look,
        file=look.file.replace(".zh.", ".zh-Hant."),
        han=faces[look.han],
        east="zh-TW",
        styles=tuple(relettered(style, faces) for style in look.styles),
    )


# --- all --------------------------------------------------------------------------------------------------


def _looks() -> Iterator[Look]:
    bulletin = replace(_ZH_BRIEFING, file="bulletin.zh.docx")
    chinese_ones = (_ZH_BRIEFING, bulletin, _zh_chapter(), _zh_paper(), _zh_news())
    yield from chinese_ones
    yield from (
        _EN_BRIEFING,
        replace(_EN_BRIEFING, file="bulletin.en.docx"),
        _en_chapter(),
        _en_paper(),
        _en_news(),
    )
    yield from map(_traditional, chinese_ones)


#: Every look by the file name of its template.
LOOKS: Mapping[str, Look] = MappingProxyType({look.file: look for look in _looks()})
