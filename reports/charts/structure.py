"""The structure of an alliance: its bodies by rank in a frame, members at the left, those beside it at the right,
and arrows that say who does what to whom. What no arrow can show without crossing words is said below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from reports.charts import structure_layout
from reports.charts.family import Family, called, fault, refused
from reports.charts.structure_boxes import Sub
from reports.charts.structure_layout import ALLIANCE, Arrow, Node, Structure, Zone
from reports.drawing import ChartRequest
from reports.kinds.actors import GovernanceBody, MemberClass, Relation, SubBody
from reports.model import Name, Record
from reports.values import BilingualText
from reports.wording import chinese, say, term

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
    nodes += [_outside(request, id_) for id_ in ends]
    return (Structure(_full_name(request, alliances[0]), tuple(nodes), arrows),)


def _arrows(request: ChartRequest, bodies: set[str], alliance: str) -> tuple[Arrow, ...]:
    """The relations of the alliance and its bodies, each way between two of them once."""
    found = []
    for record in request.records:
        if isinstance(record, Relation) and {record.subject, record.object} & {*bodies, alliance}:
            source, target = (ALLIANCE if end == alliance else end for end in (record.subject, record.object))
            found.append(Arrow(source, target, term(record.verb, request.lang), both=record.verb in _MUTUAL))
    return tuple(dict.fromkeys(found))


def _body(body: GovernanceBody, arrows: Sequence[Arrow], lang: str) -> Node:
    """A body; one beside the others stands outside the frame where an arrow can reach it there."""
    related = any(body.id in (arrow.source, arrow.target) for arrow in arrows)
    zone: Zone = "inside" if not body.side else "right" if related else "beside"
    detail = say(body.composition, lang) if body.composition else ""
    subs = tuple(_sub(sub, body, lang) for sub in body.below)
    return Node(body.id, _with_acronym(body.name, lang), zone, body.rank, detail, subs)


def _sub(sub: SubBody, body: GovernanceBody, lang: str) -> Sub:
    """Groups below a body, with how many there are; their name where it is not the body's own."""
    name, count = say(sub.name, lang), _COUNT[lang].format(say(sub.count, lang))
    if name == say(body.name, lang):
        title = count
    else:
        title = f"{name}（{count}）" if chinese(lang) else f"{name} ({count})"
    return Sub(title, tuple(say(theme, lang) for theme in sub.themes))


def _outside(request: ChartRequest, id_: str) -> Node:
    """Whoever else an arrow comes from or leads to: classes of members at the left, others at the right."""
    record: Record | None = request.linked.get(id_)
    own = next((given for given in request.records if given.id == id_), record)
    zone: Zone = "left" if isinstance(own, MemberClass) else "right"
    return Node(id_, _full_name(request, id_) if own is record else say(own.label, request.lang), zone)


def _full_name(request: ChartRequest, id_: str) -> str:
    record = request.linked.get(id_)
    return _with_acronym(record.label, request.lang) if record else id_


def _with_acronym(name: Name | BilingualText, lang: str) -> str:
    full = say(name, lang)
    acronym = name.acronym if isinstance(name, Name) else ""
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
    parts += [structure.said(arrow, lang) for arrow in structure.arrows]
    head = f"结构图，{structure.title}" if zh else f"Governance chart, {structure.title}"
    return f"{head}{colon}{between.join(parts)}{stop}"


def _said(node: Node, lang: str) -> str:
    subs = [sub.title for sub in node.subs]
    if not subs:
        return node.title
    return f"{node.title}（{'、'.join(subs)}）" if chinese(lang) else f"{node.title} ({', '.join(subs)})"


FAMILY = Family(rows, describe, structure_layout.arrange)
