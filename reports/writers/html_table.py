"""Tables and figures as HTML: a caption, what it belongs to, the notes."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from reports.document.drawings import Drawing
from reports.document.nodes import Cell, FigureBlock, Inlines, Picture, Row, Table, plain
from reports.document.profiles import Profile
from reports.writers.html_inline import HtmlContext, inlines, letters

_PIXELS_A_CM = 96 / 2.54
#: The style sheet knows how wide tables of so many columns are on a phone; wider ones are as wide as these.
_MANY = 12


class Out(Struct, frozen=True):
    """What block functions need beside the block; *level* is that of a heading of the first level."""

    profile: Profile
    drawings: Mapping[str, Drawing]
    ink: HtmlContext
    level: int = 2


def named(id_: str) -> str:
    """The attribute that names an element, with the space before it."""
    return f' id="{letters(id_)}"' if id_ else ""


def table(out: Out, block: Table) -> str:
    """Return caption, unit, table and notes; a wide table is moved sideways, the page is not."""
    about = f' aria-label="{letters(plain(block.caption))}"' if block.caption else ""
    unit = f'<p class="unit">{inlines(out.ink, block.unit)}</p>' if block.unit else ""
    return (
        f'<figure class="table"{named(block.id)}>{_caption(out, block)}{unit}'
        f'<div class="wide" tabindex="0" role="region"{about}>{_grid(out, block)}</div>'
        f"{_notes(out, block.notes)}</figure>"
    )


def figure(out: Out, block: FigureBlock) -> str:
    """Return the pictures, one or several side by side, caption and notes."""
    pictures = "".join(_picture(out, block, picture) for picture in block.pictures)
    across = max(1, min(block.across, len(block.pictures), 4))
    shown = f'<div class="pictures across-{across}">{pictures}</div>'
    return f'<figure class="figure"{named(block.id)}>{shown}{_caption(out, block)}{_notes(out, block.notes)}</figure>'


def _caption(out: Out, block: Table | FigureBlock) -> str:
    label = out.profile.table if isinstance(block, Table) else out.profile.figure
    number = (
        f'<span class="number">{letters(label + block.number + out.profile.gap)}</span>'
        if block.number
        else ""
    )
    words = number + inlines(out.ink, block.caption)
    return f"<figcaption>{words}</figcaption>" if words else ""


def _notes(out: Out, notes: Sequence[Inlines]) -> str:
    return "".join(f'<p class="note">{inlines(out.ink, note)}</p>' for note in notes)


# --- tables -----------------------------------------------------------------------------------------------


def _grid(out: Out, block: Table) -> str:
    aligns = [column.align for column in block.columns]
    head = "".join(_rows(out, block.header, "th", aligns))
    body = "".join(_rows(out, block.rows, "td", aligns))
    count = max(2, min(len(block.columns), _MANY))
    return (
        f'<table class="columns-{count}">{_widths(block)}'
        f"{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"
    )


def _widths(block: Table) -> str:
    """The author's shares, where there are any; else the browser finds what suits the content."""
    if not any(column.width for column in block.columns):
        return ""
    columns = (f'<col width="{column.width:.1%}">' if column.width else "<col>" for column in block.columns)
    return f"<colgroup>{''.join(columns)}</colgroup>"


def _rows(out: Out, rows: Sequence[Row], tag: str, aligns: Sequence[str]) -> Iterator[str]:
    covered: dict[int, int] = {}  # column → rows below that a cell above still covers
    for row in rows:
        cells = [
            _cell(out, cell, tag, aligns[x] if x < len(aligns) else "left")
            for x, cell in _placed(row, covered)
        ]
        yield f"<tr>{''.join(cells)}</tr>"


def _placed(row: Row, covered: dict[int, int]) -> Iterator[tuple[int, Cell]]:
    """Every cell with its column; columns that a cell above covers are passed over."""
    x, below = 0, {column: left - 1 for column, left in covered.items() if left > 1}
    for cell in row:
        while covered.get(x):
            x += 1
        yield x, cell
        if cell.down > 1:
            below.update(dict.fromkeys(range(x, x + cell.across), cell.down - 1))
        x += cell.across
    covered.clear()
    covered.update(below)


def _cell(out: Out, cell: Cell, tag: str, align: str) -> str:
    wide = cell.across > 1
    scope = f' scope="{"colgroup" if wide else "col"}"' if tag == "th" else ""
    across = f' colspan="{cell.across}"' if wide else ""
    down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    classes = [align] if align != "left" and not wide else []
    classes += [f"shade-{cell.shade}"] if cell.shade else []
    side = f' class="{" ".join(classes)}"' if classes else ""
    return f"<{tag}{scope}{across}{down}{side}>{inlines(out.ink, cell.content)}</{tag}>"


# --- figures ----------------------------------------------------------------------------------------------


def _picture(out: Out, block: FigureBlock, picture: Picture) -> str:
    part = f'<p class="part">{inlines(out.ink, picture.caption)}</p>' if picture.caption else ""
    drawing = out.drawings.get(picture.source)
    if drawing is None:
        return f'<div class="picture"><p class="placeholder">{letters(out.profile.labels.missing)}</p>{part}</div>'
    alt = picture.alt or drawing.alt or plain(picture.caption) or plain(block.caption)
    return f'<div class="picture">{_image(drawing, alt, block.width)}{part}</div>'


def _image(drawing: Drawing, alt: str, share: float) -> str:
    """The picture itself, inside the page; *share* is the author's, of the column."""
    kind, data = ("svg+xml", drawing.svg) if drawing.svg else ("png", drawing.png)
    width, height = round(drawing.width_cm * _PIXELS_A_CM), round(drawing.height_cm * _PIXELS_A_CM)
    size = f'width="{min(share, 1.0):.1%}"' if share else f'width="{width}" height="{height}"'
    return f'<img src="data:image/{kind};base64,{b64encode(data).decode()}" {size} alt="{letters(alt)}">'
