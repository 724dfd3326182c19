"""The kinds of records: which fields each has stands here and nowhere else."""

from collections.abc import Mapping
from types import MappingProxyType

from reports.model.kinds.activities import (
    Agreement,
    Contribution,
    Event,
    Meeting,
    Milestone,
    Network,
    Series,
    Statement,
    Visit,
)
from reports.model.kinds.actors import (
    Alliance,
    GovernanceBody,
    MemberClass,
    Membership,
    Office,
    Organisation,
    Person,
    Relation,
)
from reports.model.kinds.documents import Citation, Comment, Figure, Remark, Source, Theme
from reports.model.kinds.metrics import Budget, Category, Facility, Metric
from reports.model.kinds.plans import Action, Discussion, Goal, Outlook, Proposal, Task
from reports.model.records import Record

#: Every kind, by the key under which a data file lists its records.
KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {
        kind.plural: kind
        for kind in (
            Source, Theme, Organisation, Alliance, Office, Person, Membership, MemberClass, GovernanceBody,
            Relation, Agreement, Series, Meeting, Visit, Event, Contribution, Statement, Milestone, Network,
            Metric, Budget, Facility, Category, Goal, Task, Discussion, Action, Proposal, Outlook, Figure, Citation,
            Remark, Comment,
        )
    }
)  # fmt: skip
