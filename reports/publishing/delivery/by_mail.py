"""Issues and letters sent as e-mail, one message a recipient, settled by what the server answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.model.delivery_settings import Mail
from reports.publishing import outbox
from reports.publishing.delivery.attempts import DeliveryRound, all_wait, first, settled
from reports.publishing.delivery.letters import letter
from reports.publishing.delivery.message import ascii_address, message_bytes, sender_address, unmade
from reports.publishing.delivery.smtp import Answer, NotConnectedError, connected, password_of
from reports.publishing.outbox import Entry


def by_mail(round_: DeliveryRound, entries: Sequence[Entry]) -> Iterator[Entry]:
    """One message a recipient, each over a connection of its own; when the server takes nobody, all wait."""
    try:
        mail, password = _server(round_)
    except ReportError as error:
        yield from all_wait(round_, entries, error)
        return
    for n, entry in enumerate(entries):
        try:
            message = _message(round_, mail, entry)
        except ReportError as error:
            yield settled(round_, entry, Answer("pending", first(error), error.problems[0]))
            continue
        try:
            yield _mailed(round_, mail, password, entry, message)
        except NotConnectedError as error:
            yield from all_wait(round_, entries[n:], error)
            return


def _message(round_: DeliveryRound, mail: Mail, entry: Entry) -> bytes:
    """Make the message. Raises ReportError, whatever one letter runs into: the others go out."""
    try:
        return message_bytes(letter(round_.room, mail, entry))
    except ReportError:
        raise
    except Exception as error:
        raise unmade(f"{type(error).__name__}: {error}") from error


def _server(round_: DeliveryRound) -> tuple[Mail, str]:
    mail = round_.delivery.mail
    if mail is None:
        raise ReportError(Problem(Where("delivery.yaml"), "delivery/no-mail"))
    return mail, password_of(mail.password, round_.tell)


def _mailed(round_: DeliveryRound, mail: Mail, password: str, entry: Entry, message: bytes) -> Entry:
    """Send one message; the outbox says unknown before the final dot goes out."""
    begun: list[Entry] = []
    key = entry.intent.message_id

    def before_dot() -> None:
        begun.append(outbox.begin(round_.ledger, key, round_.now))

    sender, to = sender_address(mail.sender.address), ascii_address(entry.intent.recipient)
    with connected(mail, password) as session:
        answer = session.send(sender, to, message, before_dot)
        return settled(round_, entry, answer, begun=bool(begun))
