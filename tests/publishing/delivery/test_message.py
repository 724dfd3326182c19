"""Letters as messages: what goes in comes out, nothing breaks out of a header, same letter same bytes."""

from __future__ import annotations

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reports.diagnostics.problems import ReportError
from reports.model.delivery_settings import Mail, Sender
from reports.model.values import BilingualText
from reports.publishing.delivery.message import Letter, Party, ascii_address, message_bytes
from reports.publishing.delivery.smtp import scrubbed, stuffed
from tests.support.workplace import NOW

LETTER = Letter(
    id="<abc.issue@example.org>",
    date=NOW,
    sender=Party("秘书处", "reports@example.org"),
    to=Party("王主任", "wang@example.org"),
    subject="国际科技合作季度进展",
    text="正文",
    html="<p>正文</p>",
    files=(("国际科技合作季度进展 2023年第二季度.docx", b"PK\x03\x04\r\n.\r\n"),),
)
ODD = (
    "国际科技合作季度进展" * 12,
    "a" * 300,
    'O\'Neil "the" <boss>, (x); y: z@w \\',
    "𠮷野家 🎉 ñ é",
    "مرحبا שלום",
    "%E4%B8%AD*'utf-8''.docx",
)


def read(letter: Letter) -> EmailMessage:
    return message_from_bytes(message_bytes(letter), policy=default)


@pytest.mark.parametrize("odd", ODD)
def test_odd_names_subjects_and_files_decode_to_what_was_meant(odd: str) -> None:
    name = odd.strip()
    letter = replace(LETTER, subject=name, to=Party(name, "x@example.org"), files=((name, b"1"),))
    message = read(letter)
    [attached] = message.iter_attachments()
    assert message["Subject"] == name
    [(told, _)] = getaddresses([message_from_bytes(message_bytes(letter))["To"]])
    assert str(make_header(decode_header(told))) == name
    assert message["To"].addresses[0].addr_spec == "x@example.org"
    assert attached.get_filename() == name


LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cn", "Co"))

TURNING = {*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))}


@pytest.mark.parametrize("sign", sorted(TURNING))
def test_what_would_turn_a_subject_round_is_left_out(sign: str) -> None:
    assert read(replace(LETTER, subject=f"a{sign}b"))["Subject"] == "ab"


@pytest.mark.parametrize(
    "letter",
    [
        replace(LETTER, to=Party("a" * 1200, "x@example.org")),
        replace(LETTER, id=f"<{'a' * 1200}@example.org>"),
    ],
)
def test_a_header_line_longer_than_mail_allows_is_refused(letter: Letter) -> None:
    with pytest.raises(ReportError, match="998") as refused:
        message_bytes(letter)
    assert refused.value.problems[0].code == "delivery/unmade"


@settings(max_examples=60, deadline=None)
@given(
    st.text(LETTERS, min_size=1, max_size=80).filter(lambda text: "=?" not in text and not TURNING & {*text})
)
def test_any_subject_decodes_to_what_was_meant(subject: str) -> None:
    assert read(replace(LETTER, subject=subject))["Subject"] == subject


@pytest.mark.parametrize(
    "bad",
    ["\r\nBcc: all@example.org", "\n", "\r", "\x00", "\x0b", "\x85", "\u2028", "\ud800", "=?utf-8?q?a?="],
)
@pytest.mark.parametrize("place", ["subject", "name", "address", "file", "id"])
def test_what_would_break_out_of_a_header_is_refused(bad: str, place: str) -> None:
    letter = {
        "subject": replace(LETTER, subject=f"a{bad}b"),
        "name": replace(LETTER, to=Party(f"a{bad}b", "x@example.org")),
        "address": replace(LETTER, to=Party("a", f"x{bad}@example.org")),
        "file": replace(LETTER, files=((f"a{bad}b", b""),)),
        "id": replace(LETTER, id=f"<a{bad}b@example.org>"),
    }[place]
    with pytest.raises(ReportError) as refused:
        message_bytes(letter)
    assert refused.value.problems[0].code == "delivery/unmade"
    assert refused.value.problems[0].message().isprintable()


def test_spaces_in_a_row_are_one() -> None:
    assert read(replace(LETTER, subject="two  spaces"))["Subject"] == "two spaces"


def test_every_part_comes_out_as_it_went_in() -> None:
    odd = "一行\n.\n..点\n\u2028\x00\x85 \ud800末行 " + "长" * 2000
    message = read(replace(LETTER, text=odd, html=odd))
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part
        assert part.get_content().replace("\r\n", "\n").rstrip("\n") == odd.replace("\ud800", "?")
    [attached] = message.iter_attachments()
    assert attached.get_content() == LETTER.files[0][1]
    assert message["Content-Language"] == "zh-CN"


def test_the_same_letter_gives_the_same_bytes_short_lines_and_ascii() -> None:
    data = message_bytes(LETTER)
    assert data == message_bytes(LETTER)
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) < 999
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_line_longer_than_servers_take_is_refused() -> None:
    """Long subjects and file names are folded; only a name that is one long word cannot be."""
    long = "a" * 1200
    with pytest.raises(ReportError, match="998"):
        message_bytes(replace(LETTER, to=Party(long, "a@example.org")))
    made = message_bytes(replace(LETTER, subject=long, files=((f"{long[:250]}.docx", b"x"),)))
    assert max(map(len, made.split(b"\r\n"))) < 998


@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("a@example.org", "a@example.org"),
        ("a@例子.example.org", "a@xn--fsqu00a.example.org"),
        ("王@example.org", ""),
    ],
)
def test_addresses_are_what_every_server_takes_or_refused(address: str, wire: str) -> None:
    if wire:
        assert ascii_address(address) == wire
    else:
        with pytest.raises(ReportError, match="mail servers do not take"):
            ascii_address(address)


def test_dots_are_doubled_at_the_beginning_of_lines_only() -> None:
    assert stuffed(b".\r\na.b\r\n..c\r\n") == b"..\r\na.b\r\n...c\r\n"
    assert stuffed(b"a") == b"a\r\n"


MAIL = Mail(
    server="smtp.example.org",
    sender=Sender(name=BilingualText("甲", "A"), address="a@example.org"),
    user="li",
)


@pytest.mark.parametrize(
    "said", ["550 a@example.org is not welcome at smtp.example.org", "li smtp.example.org"]
)
def test_a_setting_that_a_server_repeats_is_taken_out(said: str) -> None:
    assert not {"smtp.example.org", "a@example.org", "li"} & {*scrubbed(said, "", MAIL).split()}


@pytest.mark.parametrize(
    "said", ["no s3cret-word", "no czNjcmV0LXdvcmQ=", "AHVzZXIAczNjcmV0LXdvcmQ=", "\x1b[31ms3cret-word\r\nx"]
)
def test_a_password_that_a_server_repeats_is_taken_out(said: str) -> None:
    told = scrubbed(said, "s3cret-word", MAIL)
    assert "s3cret" not in told
    assert "czNjcmV0LXdvcmQ" not in told
    assert told.isprintable()
