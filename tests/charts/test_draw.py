"""Drawing: what is refused, that pictures come out the same everywhere, and when matplotlib is loaded."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from reports.charts import FAMILIES, MOST, TALLEST, Cache, canvas, draw, inspect
from reports.charts.family_interface import called
from reports.charts.rough_widths import ordinary, roughly
from reports.charts.scene import BODY, SMALL, TITLE, Label, Scene
from reports.diagnostics.problems import Problem, ReportError
from reports.document.drawings import ChartRequest
from reports.model.dates import parse_date
from tests.support.chart_records import CHINA, DRAWN, HISTORY, record, request, two

ROOT = Path(__file__).parent.parent.parent
#: A cache of a folder that is not there.
NOTHING_KEPT = Cache(ROOT / "nowhere", Path.write_bytes)


def refused(asked: ChartRequest) -> Problem:
    with pytest.raises(ReportError) as caught:
        draw(asked)
    [problem] = caught.value.problems
    return problem


def run(program: str, *arguments: str, **environment: str) -> str:
    """Run *program* in a new process of the checkout and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return done.stdout.strip()


# --- what is refused ----------------------------------------------------------------------------------------


def test_an_unknown_kind_is_refused_with_the_nearest_one() -> None:
    problem = refused(request("timelin", *HISTORY))

    assert problem.code == "chart/unknown-kind"
    assert problem.message("zh") == "没有图表“timelin”"
    assert problem.hint() == f"Did you mean 'timeline'? Known: {', '.join(FAMILIES)}."


@pytest.mark.parametrize("kind", FAMILIES)
def test_a_chart_of_nothing_is_refused(kind: str) -> None:
    assert refused(request(kind)).code == "chart/no-rows"


def test_an_unknown_option_is_refused_with_the_nearest_one() -> None:
    problem = refused(request("shares", CHINA, titel="x"))

    assert problem.code == "chart/option"
    assert problem.message("zh") == "图表“shares”没有选项“titel”"
    assert problem.hint() == "Did you mean 'title'? Known: title."


def test_a_word_an_option_does_not_know_is_refused_with_the_nearest_one() -> None:
    problem = refused(request("bars", *DRAWN["bars"], by="countries"))

    assert problem.code == "chart/option-choice"
    assert problem.message("zh") == "图表选项“by”不能是“countries”"
    assert problem.hint() == "Did you mean 'country'? Known: record, country, type, status, level."


@pytest.mark.parametrize("kind", FAMILIES)
def test_every_option_has_its_words(kind: str) -> None:
    for name, words in FAMILIES[kind].options.items():
        assert len(set(words)) > 1, name
        wrong: dict[str, Any] = {name: "?"}
        assert refused(request(kind, *DRAWN[kind], **wrong)).code == "chart/option-choice"


def test_a_title_that_is_no_text_is_refused() -> None:
    assert refused(request("shares", CHINA, title=3)).code == "chart/option-value"


def test_a_chart_that_outgrew_its_page_is_drawn_and_told(tmp_path: Path) -> None:
    """The Word writer makes it smaller."""
    grown, kept = request("timeline", *HISTORY * 3), Cache(tmp_path, Path.write_bytes)
    [unseen] = inspect(grown, kept)
    drawing = draw(grown, kept)
    [seen] = inspect(grown, kept)

    assert TALLEST < drawing.height_cm < MOST
    assert unseen == seen
    assert (seen.code, seen.severity) == ("chart/tall", "warning")
    assert seen.args["height"] == ceil(drawing.height_cm)


def test_a_chart_that_nobody_could_read_on_a_page_is_refused(tmp_path: Path) -> None:
    endless = request("timeline", *HISTORY * 6)
    problem = refused(endless)

    assert problem.code == "chart/too-tall"
    assert problem.message().startswith("the chart 'timeline' is ")
    with pytest.raises(ReportError, match="the chart 'timeline' is "):
        list(inspect(endless, Cache(tmp_path, Path.write_bytes)))


@pytest.mark.parametrize(
    "text", ["INTERNATIONAL Cooperation, 2023 (110+)", "高能所与CERN：“国际合作”", "mWm%@ ill, fit"]
)
def test_words_are_nearly_as_wide_as_they_are_guessed(text: str) -> None:
    assert roughly(text, 9) == pytest.approx(canvas.measure(text, 9), rel=0.08)


def test_the_fonts_have_every_sign_that_is_taken_for_ordinary() -> None:
    canvas.require_glyphs(sign for sign in map(chr, range(32, 0x10000)) if ordinary(sign))


def test_a_sign_no_font_has_is_refused() -> None:
    odd = record("metrics", title=two("占比\U0001f9ff", "Share \U0001f9ff"), share="5%", parts=["A", "B"])
    problem = refused(request("shares", odd))

    assert (problem.code, problem.args["code"]) == ("chart/glyph", "U+1F9FF")


def test_a_request_can_be_tried_without_drawing() -> None:
    assert list(inspect(request("shares", CHINA), NOTHING_KEPT)) == []
    with pytest.raises(ReportError, match="no chart 'pie'"):
        list(inspect(request("pie", CHINA), NOTHING_KEPT))


def test_a_sign_no_font_has_is_found_without_drawing() -> None:
    odd = record("metrics", title=two("占比\U0001f9ff", "Share \U0001f9ff"), share="5%", parts=["A", "B"])
    with pytest.raises(ReportError, match=r"U\+1F9FF"):
        list(inspect(request("shares", odd), NOTHING_KEPT))


def test_a_spelling_with_signs_no_font_has_is_refused() -> None:
    with pytest.raises(ReportError, match=r"U\+1F9FF"):
        draw(request("shares", CHINA), letters=lambda text: text.replace("远", "\U0001f9ff"))


# --- the picture --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FAMILIES)
def test_a_picture_has_the_width_it_was_asked_for(kind: str) -> None:
    drawing = draw(request(kind, *DRAWN[kind], width=15.6, title="标题"))
    picture = Image.open(io.BytesIO(drawing.png))

    assert drawing.width_cm == 15.6
    assert picture.width == int(15.6 / 2.54 * 200)
    assert abs(picture.height - drawing.height_cm / 2.54 * 200) <= 1
    assert drawing.svg is not None
    assert drawing.svg.startswith(b"<?xml")


def test_no_letter_is_smaller_than_nine_points() -> None:
    assert min(BODY, SMALL, TITLE) >= 9


def test_chinese_characters_are_drawn() -> None:
    from reports.charts import canvas  # noqa: PLC0415 - loads matplotlib

    def picture(text: str) -> bytes:
        return canvas.paint(Scene(2, 1, (Label(0.2, 0.5, text, TITLE),)))[0]

    signs = [picture(sign) for sign in "国内際約“—⁵"]  # the last one is in the second font only
    box = picture("\ufffd")

    assert len({*signs, box}) == len(signs) + 1
    assert all(min(Image.open(io.BytesIO(png)).convert("L").tobytes()) < 100 for png in signs)


def test_dollar_signs_are_letters_and_not_mathematics() -> None:
    money = record("metrics", title="Costs of $A$ and $B^2", share="5%", parts=["$a", "b"])

    assert draw(request("shares", money)).png


def test_a_title_may_come_in_two_languages() -> None:
    from reports.model.values import BilingualText  # noqa: PLC0415

    both = draw(request("shares", CHINA, lang="en", title=BilingualText("标题", "Title")))

    assert both.png == draw(request("shares", CHINA, lang="en", title="Title")).png


def test_another_spelling_is_drawn_and_said() -> None:
    drawing = draw(request("shares", CHINA), letters=lambda text: text.replace("国", "國"))

    assert drawing.png != draw(request("shares", CHINA)).png
    assert drawing.alt == "百分比条形图：中國目前，國际与國内远小于1:9。"


def test_settings_of_matplotlib_are_left_as_they_were() -> None:
    import matplotlib as mpl  # noqa: PLC0415

    before = dict(mpl.rcParams)
    draw(request("shares", CHINA))

    assert dict(mpl.rcParams) == before


# --- the same bytes -----------------------------------------------------------------------------------------

_HASH = """
import hashlib
from reports.charts import draw
from tests.support.chart_records import DRAWN, request
for kind, records in DRAWN.items():
    drawing = draw(request(kind, *records, lang="en", title="Title"))
    print(hashlib.sha256(drawing.png + (drawing.svg or b"")).hexdigest())
"""


def test_two_processes_draw_the_same_bytes(tmp_path: Path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("font.size: 30\nsvg.fonttype: none\ntext.hinting: auto\nhatch.linewidth: 9\n")
    one = run(_HASH, TZ="UTC", LANG="C", PYTHONHASHSEED="1")
    other = run(_HASH, TZ="Asia/Shanghai", LANG="zh_CN.UTF-8", PYTHONHASHSEED="2", MATPLOTLIBRC=str(settings))

    assert len(one.splitlines()) == len(FAMILIES)
    assert one == other


def test_what_was_drawn_before_does_not_matter() -> None:
    first = draw(request("shares", CHINA))
    draw(request("timeline", *HISTORY))

    assert draw(request("shares", CHINA)) == first


# --- when matplotlib is loaded ------------------------------------------------------------------------------

_CACHED = """
import sys
from math import ceil
from pathlib import Path
from reports.charts import Cache, draw
from tests.support.chart_records import CHINA, request
drawing = draw(request("shares", CHINA), Cache(Path(sys.argv[1]), Path.write_bytes))
print(len(drawing.png), drawing.alt, "matplotlib" in sys.modules, "numpy" in sys.modules)
"""


def test_importing_charts_does_not_load_matplotlib() -> None:
    assert run("import sys, reports.charts; print('matplotlib' in sys.modules)") == "False"


def test_a_picture_from_the_cache_does_not_load_matplotlib(tmp_path: Path) -> None:
    drawing = draw(request("shares", CHINA), Cache(tmp_path, Path.write_bytes))

    assert run(_CACHED, str(tmp_path)) == f"{len(drawing.png)} {drawing.alt} False False"


def test_a_cached_picture_is_the_one_that_was_drawn(tmp_path: Path) -> None:
    cache = Cache(tmp_path, Path.write_bytes)

    assert draw(request("shares", CHINA), cache) == draw(request("shares", CHINA), cache)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_chart_calls_a_body_as_it_was_on_the_day() -> None:
    former = [{**two("科学局", "Bureau"), "until": "1998-03"}]
    body = record(
        "organisations", id="body", type="ministry", name={**two("科学部", "Ministry"), "former": former}
    )
    asked = ChartRequest("matrix", (), "en", linked={"body": body}, day=parse_date("1990"))

    assert called(asked, "body") == "Bureau"
    assert called(asked, "body", parse_date("2000")) == "Ministry"
    assert called(asked, "body", parse_date("1998")) == "Bureau"
