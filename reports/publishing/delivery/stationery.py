"""What every letter is written on: a salutation above what it says, a signature below; as text and as a page of HTML."""

from __future__ import annotations

from html import escape
from itertools import groupby

from msgspec import Struct

from reports.diagnostics.words.mail import LETTERS
from reports.document.traditional import Letters, spelt
from reports.model.delivery_settings import Mail
from reports.model.formatting import TAGS
from reports.model.report_definitions import NAME
from reports.publishing.outbox import Intent

#: Letters from people to people; the others are a program's to those who look after it.
_PERSONAL = ("issue", "withdrawn", "reminder")


class Told(Struct, frozen=True):
    """What a letter says: paragraphs of text, and the same in HTML where it is more than paragraphs; *issuer*: the body
    that signs it, in the reader's language."""

    subject: str
    text: str
    html: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    issuer: str = ""


class Letterhead(Struct, frozen=True):
    """What stands above and below what a letter says; *automatic* that a program sent it."""

    lang: str
    salutation: str = ""
    signature: str = ""
    automatic: str = ""

    def text(self, told: Told) -> str:
        """The letter as text."""
        said = "\n\n".join(filter(None, (self.salutation, told.text, self.signature)))
        return f"{said}\n\n-- \n{self.automatic}\n" if self.automatic else f"{said}\n"

    def page(self, told: Told) -> str:
        """The letter as a page that a phone shows well."""
        body = told.html or f"<h1>{escape(told.subject)}</h1>{paragraphs(told.text)}"
        signed = f'<div class="signed">{paragraphs(self.signature)}</div>' if self.signature else ""
        small = f"<p><small>{escape(self.automatic)}</small></p>" if self.automatic else ""
        parts = "\n".join(filter(None, (paragraphs(self.salutation), body, signed, small)))
        return (
            f'<!DOCTYPE html>\n<html lang="{TAGS[self.lang]}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<style>body{font:16px/1.6 sans-serif;max-width:40em;margin:0 auto;padding:1em}"
            "h1{font-size:1.25em}h2{font-size:1.1em}ul,ol{padding-left:1.4em}li>p{margin:.3em 0}small{color:#666}"
            ".signed{margin-top:2em}.signed:lang(zh){text-align:right}</style></head>\n"
            f"<body>\n{parts}\n</body></html>\n"
        )


def letterhead(mail: Mail, letters: Letters, intent: Intent, issuer: str) -> Letterhead:
    """What a letter is written on, by the settings of delivery and what its recipient is to be called."""
    lang = intent.lang
    automatic = "" if intent.kind in ("issue", "withdrawn") else LETTERS.say("automatic", lang)
    if intent.kind not in _PERSONAL:
        return Letterhead(lang, automatic=automatic)
    return Letterhead(
        lang, _salutation(mail, letters, intent), _signature(mail, letters, lang, issuer), automatic
    )


def machine_letterhead(lang: str) -> Letterhead:
    """What a letter is written on that nobody signs."""
    return Letterhead(lang, automatic=LETTERS.say("automatic", lang))


def _salutation(mail: Mail, letters: Letters, intent: Intent) -> str:
    """The recipient's own, that of the settings, or the usual one; none that would call a name nobody gave."""
    name = letters(str(intent.payload.get("name", "")))
    usual = spelt(mail.salutation, intent.lang, letters) if mail.salutation else ""
    own = letters(str(intent.payload.get("salutation", "")))
    said = own or usual or LETTERS.say("salutation", intent.lang, name=NAME)
    return said.replace(NAME, name) if name or NAME not in said else ""


def _signature(mail: Mail, letters: Letters, lang: str, issuer: str) -> str:
    """That of the settings, or the issuing body's, or the sender's name."""
    if mail.signature:
        return spelt(mail.signature, lang, letters)
    return LETTERS.say("signature", lang, who=issuer or spelt(mail.sender.name, lang, letters))


def paragraphs(text: str) -> str:
    """Paragraphs of text as HTML; lines that begin with a dash become a list."""
    return "".join(_block(block.split("\n")) for block in text.split("\n\n") if block)


def _block(lines: list[str]) -> str:
    found = []
    for listed, group in groupby(lines, key=lambda line: line.startswith("- ")):
        told = [escape(line.removeprefix("- ") if listed else line) for line in group]
        items = "".join(f"<li>{line}</li>" for line in told)
        found.append(f"<ul>{items}</ul>" if listed else f"<p>{'<br>'.join(told)}</p>")
    return "".join(found)
