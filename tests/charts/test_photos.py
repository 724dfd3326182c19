"""Photos come out upright, small and bare; what is no photo is named."""

from __future__ import annotations

import io
import os
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from reports.charts import photos
from reports.charts.photos import load_picture
from reports.diagnostics.problems import ReportError, Where

WHERE = Where("data/p/figures.yaml", 3, 11)
ORIENTATION, GPS, ARTIST = 0x0112, 0x8825, 0x013B


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def halves(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image.convert(mode)


def loaded(folder: Path, data: bytes, name: str = "photo.jpg") -> Image.Image:
    """What comes out for *data*."""
    (folder / name).write_bytes(data)
    drawing = load_picture(folder, name, "what is to be seen", WHERE)
    assert drawing.alt == "what is to be seen"
    image = Image.open(io.BytesIO(drawing.png))
    assert image.format == "PNG"
    assert (drawing.width_cm, drawing.height_cm) == pytest.approx(
        (image.width / 200 * 2.54, image.height / 200 * 2.54)
    )
    return image


def refusal(folder: Path, name: str) -> str:
    with pytest.raises(ReportError) as caught:
        load_picture(folder, name, "", WHERE)
    (problem,) = caught.value.problems
    assert problem.where == WHERE
    return f"{problem.code}: {problem.message()}"


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(pixel[:3], colour, strict=True))


RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_every_usual_format_is_read(tmp_path: Path, form: str) -> None:
    image = loaded(tmp_path, encoded(halves(), form))

    assert image.size == (40, 20)
    assert near(image.convert("RGB").getpixel((2, 10)), RED)
    assert near(image.convert("RGB").getpixel((37, 10)), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "YCbCr", "LA", "RGBA", "PA"])
def test_every_colour_mode_is_read(tmp_path: Path, mode: str) -> None:
    image = loaded(
        tmp_path,
        encoded(halves(mode), "JPEG" if mode in {"CMYK", "YCbCr"} else "TIFF" if mode == "PA" else "PNG"),
    )

    assert image.mode == ("RGBA" if mode.endswith("A") else "RGB")
    if mode not in {"1", "L", "LA"}:
        assert near(image.getpixel((2, 10)), RED)
        assert near(image.getpixel((37, 10)), BLUE)


def test_transparency_is_kept(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    palette = Image.new("P", (4, 4), 0)

    assert loaded(tmp_path, encoded(clear, "PNG")).getpixel((0, 0)) == (255, 0, 0, 0)
    alpha = loaded(tmp_path, encoded(palette, "PNG", transparency=0)).getpixel((0, 0))
    assert isinstance(alpha, tuple)
    assert alpha[3] == 0


def test_deep_grey_is_not_all_white(tmp_path: Path) -> None:
    image = loaded(tmp_path, encoded(Image.new("I;16", (4, 4), 0x8000), "PNG"))

    assert image.getpixel((0, 0)) == (128, 128, 128)


# --- what is not the picture ------------------------------------------------------------------------------


def with_exif(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[ARTIST] = "SECRET NAME"
    exif.get_ifd(GPS)[2] = (46.2, 6.05, 0.0)
    return encoded(halves(), "JPEG", exif=exif, quality=95, comment=b"SECRET COMMENT")


def test_nothing_but_the_picture_comes_along(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(with_exif())
    assert b"SECRET" in (tmp_path / "photo.jpg").read_bytes()

    png = load_picture(tmp_path, "photo.jpg", "", WHERE).png

    assert b"SECRET" not in png
    assert chunks(png) == {b"IHDR", b"IDAT", b"IEND"}
    assert not Image.open(io.BytesIO(png)).getexif()


def test_texts_and_profiles_of_a_png_are_left_out(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    info = PngInfo()
    info.add_text("Author", "SECRET")
    (tmp_path / "a.png").write_bytes(
        encoded(halves(), "PNG", pnginfo=info, icc_profile=b"SECRET", dpi=(72, 72))
    )

    assert chunks(load_picture(tmp_path, "a.png", "", WHERE).png) == {b"IHDR", b"IDAT", b"IEND"}


def chunks(png: bytes) -> set[bytes]:
    found, position = set(), 8
    while position < len(png):
        (length,) = struct.unpack(">I", png[position : position + 4])
        found.add(png[position + 4 : position + 8])
        position += length + 12
    return found


#: Where the left half is to be found after the picture is turned upright: EXIF 2.32, orientation.
UPRIGHT = {1: (2, 10), 2: (37, 10), 3: (37, 10), 4: (2, 10), 5: (10, 2), 6: (10, 2), 7: (10, 37), 8: (10, 37)}


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_a_photo_is_turned_upright(tmp_path: Path, orientation: int) -> None:
    image = loaded(tmp_path, with_exif(orientation))

    assert image.size == ((40, 20) if orientation < 5 else (20, 40))
    assert near(image.getpixel(UPRIGHT[orientation]), RED)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_orientation_there_is_not_is_none(tmp_path: Path, orientation: int) -> None:
    assert loaded(tmp_path, with_exif(orientation)).size == (40, 20)


# --- size -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "scaled"),
    [
        ((2000, 1000), (2000, 1000)),
        ((2001, 1000), (2000, 1000)),
        ((4000, 3000), (2000, 1500)),
        ((3000, 4000), (2000, 2667)),
        ((100, 9000), (33, 3000)),
        ((20000, 1), (2000, 1)),
        ((1, 1), (1, 1)),
    ],
)
def test_more_pixels_than_a_page_shows_are_scaled_away(
    tmp_path: Path, size: tuple[int, int], scaled: tuple[int, int]
) -> None:
    assert loaded(tmp_path, encoded(halves(size=size), "PNG")).size == scaled


def png_header(width: int, height: int) -> bytes:
    """A PNG that declares a size and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(30_000, 30_000), (10_000, 10_000), (8000, 5001), (2**31 - 1, 2**31 - 1)])
def test_a_giant_is_refused_before_it_is_opened(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "giant.png").write_bytes(png_header(*size))

    said = refusal(tmp_path, "giant.png")

    assert said.startswith("picture/too-large: the picture 'giant.png' is too large: ")


def test_a_heavy_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MAX_BYTES", 100)
    (tmp_path / "heavy.png").write_bytes(encoded(halves(size=(300, 300)), "PNG"))

    assert refusal(tmp_path, "heavy.png").startswith("picture/too-large")


@pytest.mark.parametrize("size", [(0, 0), (0, 10), (10, 0)])
def test_a_picture_of_no_size_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "none.png").write_bytes(png_header(*size))

    assert refusal(tmp_path, "none.png").startswith("picture/unknown-form")


# --- what is no picture -----------------------------------------------------------------------------------

JPEG, PNG = with_exif(), encoded(halves(), "PNG")
NO_PICTURES = {
    "empty": b"",
    "text": b"not a picture",
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "pdf": b"%PDF-1.7\n",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    "jpeg cut": JPEG[: len(JPEG) // 2],
    "png cut": PNG[: len(PNG) // 2],
    "png header": PNG[:33],
    "png changed": PNG[:45] + b"\xff\xff\xff" + PNG[48:],
}


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "no.png").write_bytes(data)

    said = refusal(tmp_path, "no.png")

    assert said.startswith(
        (
            "picture/unreadable: 'no.png' is not a picture that can be used: ",
            "picture/unknown-form: 'no.png' is no picture, or one in a form not known here",
        )
    )
    assert "object at 0x" not in said


def test_the_name_does_not_say_what_a_file_is(tmp_path: Path) -> None:
    assert loaded(tmp_path, PNG, "photo.jpg").size == (40, 20)
    assert loaded(tmp_path, JPEG, "照片.txt").size == (40, 20)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.sampled_from([JPEG, PNG, *(encoded(halves(), form) for form in ("GIF", "BMP", "TIFF", "WEBP"))]),
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    cut=st.integers(0, 10**6),
)
def test_a_damaged_file_is_a_picture_or_a_problem(
    tmp_path: Path, data: bytes, changes: list[tuple[int, int]], cut: int
) -> None:
    damaged = bytearray(data)
    for position, value in changes:
        damaged[position % len(damaged)] = value
    (tmp_path / "damaged").write_bytes(damaged[: max(cut % (2 * len(damaged)), 1)])

    with suppress(ReportError):
        load_picture(tmp_path, "damaged", "", WHERE)


# --- where it is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file", ["../secret.png", "a/../../secret.png", "/etc/passwd", "link.png", "away/secret.png"]
)
@pytest.mark.posix
def test_nothing_outside_the_folder_is_read(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "away").symlink_to(tmp_path)

    assert refusal(folder, file).startswith("data/outside: ")


@pytest.mark.parametrize(
    "file", ["none.png", "folder", "none/none.png", "a\0b.png", "x" * 300, "self.png", "pipe", "."]
)
@pytest.mark.posix
def test_a_missing_picture_is_named(tmp_path: Path, file: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "self.png").symlink_to("self.png")
    os.mkfifo(tmp_path / "pipe")

    assert refusal(tmp_path, file).startswith("data/missing-picture: ")


@pytest.mark.posix
def test_a_link_inside_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "day-1.png").write_bytes(PNG)
    (tmp_path / "cover.png").symlink_to("day-1.png")

    assert load_picture(tmp_path, "cover.png", "", WHERE).png


def test_a_picture_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "photo.png").write_bytes(PNG)

    def refuse(*_args: Any, **_kwargs: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert refusal(tmp_path, "photo.png").endswith("that can be used: Permission denied")


@pytest.mark.parametrize("data", [JPEG, PNG])
def test_the_same_picture_gives_the_same_bytes(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "photo").write_bytes(data)

    assert len({load_picture(tmp_path, "photo", "", WHERE).png for _ in range(3)}) == 1
