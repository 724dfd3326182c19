"""A report that came back from its readers → what they left in it, in the order of the report.

Comments with their threads, tracked changes, and words of facts that were changed without tracking: the part that
leads from facts to the data also keeps what was printed. Nothing of the file is trusted (see `writers.word.incoming`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from reports.diagnostics.problems import Problem, Where
from reports.review.comments import WordComment, comments_of, day_and_time, is_own, own_remarks
from reports.review.marks import Form, Mark, Printed, ReturnedFile, cleaned
from reports.review.origin import Origin, headings_of, origin_of
from reports.review.story import LAST, Story
from reports.review.stream import Anchor, At, TrackedChange, Walk
from reports.review.untracked import edits_of
from reports.writers.word.incoming import Package

#: Letters of changed words that are kept, and of those before an insertion.
_MOST = 20_000
_BEFORE = 40


def review(path: Path) -> ReturnedFile:
    """Read a Word file. Raises ReportError when it is none, or one that cannot be read."""
    with Package(path) as package:
        origin = origin_of(package)
        printed = {fact.number: fact for fact in origin.printed}
        stories = list(_stories(package, printed))
        comments = comments_of(package)
        lost = tuple(package.lost)
    in_comments = [number for comment in comments for number in comment.facts]
    marks = [
        *_commented(comments, stories, origin),
        *(mark for story in stories for mark in _changed(story)),
        *edits_of(stories, [comment.text for comment in comments], in_comments),
    ]
    places = bool(printed) and bool(stories[0].walk.facts)
    return ReturnedFile(
        str(path), origin.report, origin.period, origin.title, origin.saved_by, origin.saved, places,
        origin.fingerprint, tuple(sorted(marks, key=lambda mark: mark.order)), origin.printed,
        (*_problems(path, origin, stories[0], lost), *_unseen(path, stories)), origin.lang,
    )  # fmt: skip


def fingerprint_of(path: Path) -> str:
    """What all copies of one build have in common, "" of a file that is none of ours. Raises ReportError."""
    with Package(path) as package:
        return origin_of(package).fingerprint


def _stories(package: Package, printed: Mapping[int, Printed]) -> Iterator[Story]:
    """The document, then what stands outside of it."""
    headings = headings_of(package)
    main = Story(Walk(headings), printed)
    package.read(package.main, main.walk, needed=True)
    main.walk.finish()
    yield main
    for part in package.related(package.main, "footnotes", "endnotes", "header", "footer"):
        story = Story(Walk(), printed, main)
        package.read(part, story.walk)
        story.walk.finish()
        yield story


def _problems(path: Path, origin: Origin, main: Story, lost: Sequence[str]) -> Iterator[Problem]:
    for part in lost:
        yield Problem(Where(str(path)), "review/part-lost", {"part": part})
    if not origin.printed or not main.walk.facts:
        ours = origin.printed or origin.report or main.walk.facts
        yield Problem(Where(str(path)), "review/no-places" if ours else "review/not-ours")


def _unseen(path: Path, stories: Sequence[Story]) -> Iterator[Problem]:
    """What a reader does not see as it stands there: hidden words, and signs that turn the direction of others."""
    for story in stories:
        if hidden := cleaned("".join(story.walk.hidden), _BEFORE):
            yield Problem(Where(str(path)), "review/hidden-text", {"text": hidden}, "warning")
        if turned := _TURNING.search(story.walk.after):
            around = story.walk.after[max(turned.start() - _BEFORE // 2, 0) : turned.end() + _BEFORE // 2]
            shown = " ".join(_TURNING.sub("", around).split())
            args = {"code": f"U+{ord(turned[0]):04X}", "text": shown}
            yield Problem(Where(str(path)), "review/turns-text", args, "warning")


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


# --- comments -------------------------------------------------------------------------------------------------


def _commented(comments: Sequence[WordComment], stories: Sequence[Story], origin: Origin) -> Iterator[Mark]:
    """All comments but those we printed; a reply stands behind what it answers."""
    by_id: dict[str, WordComment] = {}
    for comment in comments:
        by_id.setdefault(comment.id, comment)
    own = own_remarks(origin.printed)
    requests = {fact.record: fact for fact in reversed(origin.printed) if fact.field.startswith("request")}
    for n, comment in enumerate(comments):
        if is_own(comment, own):
            continue
        root = _root(comment, by_id)
        printed = (stories[0].printed.get(number) for number in comment.facts)
        remark = is_own(root, own) or next((fact.record for fact in printed if fact and fact.record), "")
        mark = _comment(root, comment, stories)
        if root is not comment:
            mark = replace(mark, form="reply", order=(*mark.order, 1, n), answers="" if remark else root.id)
        if remark in requests:
            mark = replace(mark, facts=(requests[remark],), near=False, remark=remark)
        yield mark


def _root(comment: WordComment, by_id: Mapping[str, WordComment]) -> WordComment:
    """The comment a thread begins with; a thread that bites its tail begins anywhere."""
    seen: set[str] = set()
    while comment.parent in by_id and comment.id not in seen:
        seen.add(comment.id)
        comment = by_id[comment.parent]
    return comment


def _comment(root: WordComment, comment: WordComment, stories: Sequence[Story]) -> Mark:
    """A comment at the place where its thread begins."""
    mark = Mark("comment", comment.by, comment.date, "", comment.text, (LAST, LAST), key=comment.id,
                resolved=root.resolved or comment.resolved)  # fmt: skip
    for story in stories:
        walk = story.walk
        begin = walk.starts.get(root.id) or walk.points.get(root.id)
        if begin is None:
            continue
        end = walk.ends.get(root.id) or walk.points.get(root.id)
        stop = _stop(begin, end)
        facts, near = story.facts(begin, end if end and end.tick > begin.tick else begin)
        return replace(
            mark, quoted=story.words(begin.at, stop), order=story.order(begin), facts=facts, near=near,
            section=story.section(begin),
        )  # fmt: skip
    return mark


def _stop(begin: Anchor, end: Anchor | None) -> At:
    """Where a comment ends; one without an end goes on to the end of its paragraph."""
    if end is not None:
        return max(end.at, begin.at)
    return next((scope.stop for scope in begin.around if scope.stop), begin.at)


# --- tracked changes ------------------------------------------------------------------------------------------


def _changed(story: Story) -> Iterator[Mark]:
    """Tracked changes; what one author struck out and wrote at one place is one replacement."""
    moves = {change.name: change for change in story.walk.changes if change.kind == "moveTo" and change.name}
    moved = {c.name for c in story.walk.changes if c.kind == "moveFrom" and c.name in moves}
    for (by, _, _), group in groupby(story.walk.changes, _place_of):
        changes = list(group)
        first = changes[0]
        name = first.name if first.name in moved else ""
        if name and first.kind == "moveTo":
            continue
        away = _said(change for change in changes if change.kind in {"del", "moveFrom"})
        come = _said(change for change in changes if change.kind in {"ins", "moveTo"})
        form: Form = (
            "move" if name else "replacement" if away and come else "deletion" if away else "insertion"
        )
        if name:
            come = _before(story, moves[name].anchor)
        elif form == "insertion":
            away = _before(story, first.anchor)
        end = changes[-1].end or first.anchor
        facts, near = story.facts(first.anchor, end)
        yield Mark(
            form, cleaned(by, 200), day_and_time(first.date), away, come, story.order(first.anchor), facts, near,
            story.section(first.anchor),
        )  # fmt: skip


def _place_of(change: TrackedChange) -> tuple[str, int, str]:
    return change.by, change.unchanged, change.name


def _said(changes: Iterator[TrackedChange]) -> str:
    """The words of changes; where only ends of paragraphs are concerned, a sign for these."""
    text = "".join(piece for change in changes for piece in change.text)
    return cleaned(text, _MOST) or "¶" * (text.count("\n") > 0)


def _before(story: Story, anchor: Anchor) -> str:
    """The words just before a place in its line, as they stand now; a word that is cut is left out."""
    at = anchor.at.after
    line = cleaned(story.walk.after[max(at - _BEFORE - 1, 0) : at].rpartition("\n")[2])
    if len(line) < _BEFORE:
        return line
    return f"…{line[line.find(' ', 0, 15) + 1 :]}"
