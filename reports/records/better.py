"""A mistake named more closely than "not a date", with "did you mean" where only one thing can have been meant."""

from __future__ import annotations

from collections.abc import Mapping

#: Codes of which `guesses` knows more.
CLOSER = frozenset(
    (
        "value/date", "value/share", "value/ratio", "value/quantity", "value/money", "job/period", "data/list", "value/text-language", "schedule/time", "schedule/zone", "schedule/address",
        "data/not-a-mapping", "data/bad-id", "data/choice", "data/country", "data/whole-number", "data/yes-no",
    )
)  # fmt: skip


def better(code: str, args: Mapping[str, object], typed: str = "") -> tuple[str, dict[str, object]]:
    """Return code and arguments that say more of what is wrong; *typed* is the whole text of the field."""
    if code not in CLOSER:
        return code, dict(args)
    from reports.records.suggestions import guess, in_its_field  # noqa: PLC0415 - compiles many patterns: only for what is wrong

    text = (typed or str(args.get("value", ""))).strip()
    meant = "" if args.get("near") else in_its_field(code, text, args)
    found = (code, meant) if meant else guess(code, text)
    shown = text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"
    if found is None:
        return code, {**args, **({"value": shown} if shown and "value" in args else {})}
    return found[0], {**args, "value": shown, **({"near": found[1]} if found[1] else {})}


_MOST_SHOWN = 60
