"""The structure of an alliance: its bodies by rank in a frame, members at the left, others around it, and arrows
that say who does what to whom. What no arrow can show without crossing words is said below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from reports.charts.families import structure_layout
from reports.charts.families.structure_boxes import ALLIANCE, Arrow, Structure, StructureBox, Sub, Zone
from reports.charts.family_interface import Family, called, fault, label_of, refused
from reports.document.drawings import ChartRequest
from reports.model.formatting import chinese, say, term
from reports.model.kinds.actors import GovernanceBody, MemberClass, Relation, SubBody
from reports.model.records import Called
from reports.model.values import BilingualText

#: What goes both ways.
_MUTUAL = frozenset({"meets jointly with"})
_COUNT: Mapping[str, str] = MappingProxyType({"zh": "{}个", "en": "{}", "zh-Hant": "{}個"})


# --- rows -------------------------------------------------------------------------------------------------


def rows(request: ChartRequest) -> tuple[Structure, ...]:
    """Return the structure of the one alliance whose bodies are given, () without any.

    Relations that touch neither the alliance nor its bodies are another chart's. Raise ReportError: chart/row for
    another kind of record, chart/rows where the bodies belong to several alliances.
    """
    for record in request.records:
        if not isinstance(record, GovernanceBody | Relation | MemberClass):
            raise refused(
                request,
                record,
                "it is no body, relation or class of members",
                "它不是治理机构、关系或成员类别",
            )
    bodies = [record for record in request.records if isinstance(record, GovernanceBody)]
    if not bodies:
        return ()
    alliances = sorted({body.alliance for body in bodies})
    if len(alliances) > 1:
        names = ", ".join(called(request, id_) for id_ in alliances)
        detail = (
            f"分属几个联盟：{names}"
            if chinese(request.lang)
            else f"they belong to several alliances: {names}"
        )
        raise fault(request, "chart/rows", detail=detail)
    arrows = _arrows(request, {body.id for body in bodies}, alliances[0])
    nodes = [_body(body, arrows, request.lang) for body in bodies]
    known = {node.id for node in nodes} | {ALLIANCE}
    ends = dict.fromkeys(end for arrow in arrows for end in (arrow.source, arrow.target) if end not in known)
    nodes += [_outside(request, id_, arrows) for id_ in ends]
    named = _full_name(request, alliances[0]), called(request, alliances[0])
    return (Structure(*named, tuple(nodes), arrows),)


def _arrows(request: ChartRequest, bodies: set[str], alliance: str) -> tuple[Arrow, ...]:
    """The relations of the alliance and its bodies, each way between two of them once."""
    found = []
    for record in request.records:
        if isinstance(record, Relation) and {record.subject, record.object} & {*bodies, alliance}:
            source, target = (ALLIANCE if end == alliance else end for end in (record.subject, record.object))
            found.append(Arrow(source, target, term(record.verb, request.lang), both=record.verb in _MUTUAL))
    return tuple(dict.fromkeys(found))


def _body(body: GovernanceBody, arrows: Sequence[Arrow], lang: str) -> StructureBox:
    """A body; one beside the others stands outside the frame where an arrow leads to it."""
    related = any(body.id in (arrow.source, arrow.target) for arrow in arrows)
    zone: Zone = "inside" if not body.side else _place(body.id, arrows) if related else "beside"
    detail = say(body.composition, lang) if body.composition else ""
    title, subs = _with_acronym(body.name, lang), tuple(_sub(sub, lang) for sub in body.below)
    if len(subs) == 1 and say(body.below[0].name, lang) == say(body.name, lang):
        title, subs = subs[0].title, (Sub("", "", subs[0].themes),)  # its groups are all there is of it
    return StructureBox(body.id, title, zone, body.rank, detail, subs)


def _place(id_: str, arrows: Sequence[Arrow]) -> Zone:
    """Where one stands who is outside the frame: at the right where an arrow leads into it, below where all come
    from the alliance, else above."""
    own = [arrow for arrow in arrows if id_ in (arrow.source, arrow.target)]
    if not all(ALLIANCE in (arrow.source, arrow.target) for arrow in own):
        return "right"
    return "below" if all(arrow.source == ALLIANCE and not arrow.both for arrow in own) else "above"


def _sub(sub: SubBody, lang: str) -> Sub:
    """Groups below a body, with how many there are."""
    name, count = say(sub.name, lang), _COUNT[lang].format(say(sub.count, lang))
    title = f"{name}（{count}）" if chinese(lang) else f"{name} ({count})"
    said = f"{name}{count}" if chinese(lang) else f"{name}: {count}"
    return Sub(title, said, tuple(say(theme, lang) for theme in sub.themes))


def _outside(request: ChartRequest, id_: str, arrows: Sequence[Arrow]) -> StructureBox:
    """Whoever else an arrow comes from or leads to; classes of members stand at the left."""
    own = next((given for given in request.records if given.id == id_), request.linked.get(id_))
    zone: Zone = "left" if isinstance(own, MemberClass) else _place(id_, arrows)
    return StructureBox(id_, _with_acronym(label_of(request, own), request.lang) if own else id_, zone)


def _full_name(request: ChartRequest, id_: str) -> str:
    record = request.linked.get(id_)
    return _with_acronym(label_of(request, record), request.lang) if record else id_


def _with_acronym(name: Called | BilingualText, lang: str) -> str:
    full = say(name, lang)
    acronym = name.acronym if isinstance(name, Called) else ""
    if not acronym or acronym in full:
        return full
    return f"{full}（{acronym}）" if chinese(lang) else f"{full} ({acronym})"


# --- words ------------------------------------------------------------------------------------------------


def describe(rows: tuple[Structure, ...], lang: str) -> str:
    """Return one sentence: the bodies from the highest rank down, who stands beside them, and every relation."""
    [structure] = rows
    zh = chinese(lang)
    between, colon, stop = ("；", "：", "。") if zh else ("; ", ": ", ".")
    parts = []
    for rank in sorted({node.rank for node in structure.nodes if node.zone == "inside"}):
        names = [_said(node, lang) for node in structure.nodes if node.zone == "inside" and node.rank == rank]
        parts.append(f"第{rank}层{'、'.join(names)}" if zh else f"rank {rank} {', '.join(names)}")
    beside = [_said(node, lang) for node in structure.nodes if node.zone == "beside"]
    if beside:
        parts.append(f"旁设{'、'.join(beside)}" if zh else f"beside them {', '.join(beside)}")
    parts += structure.said(structure.arrows, lang)
    head = f"结构图，{structure.title}" if zh else f"Governance chart, {structure.title}"
    return f"{head}{colon}{between.join(parts)}{stop}"


def _said(node: StructureBox, lang: str) -> str:
    subs = [sub.said for sub in node.subs if sub.said]
    if not subs:
        return node.title
    return f"{node.title}（{'、'.join(subs)}）" if chinese(lang) else f"{node.title} ({', '.join(subs)})"


FAMILY = Family(rows, describe, structure_layout.arrange)
