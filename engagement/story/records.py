"""Everything the public story of a project is told from, read in one query: a page may cost fifteen, and has others."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from wagtail.documents import get_document_model

from engagement.models import (
    CheckState,
    Convention,
    Duty,
    KeptFile,
    Passage,
    Project,
    ProjectDocument,
    ProjectFact,
    ProjectSheet,
    StewardshipCheck,
    Teammate,
)
from meetings.models import MeetingKind, MeetingPage, MeetingStatus

MOST_MEETINGS = 60
OF_A_CONVENTION = (
    *("id", "number", "title", "state", "amends_id", "summary"),
    *("starts_on", "ends_on", "signed_at", "ended_on", "last_day"),
)
OF_A_PHOTO = ("photo__width", "photo__height")
OF_A_MEETING = ("title", "kind", "starts_at", "url_path")
OF_A_DOCUMENT = ("id", "title", "file", "file_size")

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Gathering:
    """A meeting that took place: what a line says of it."""

    title: str
    kind: MeetingKind
    starts_at: dt.datetime
    url_path: str


@dataclass(frozen=True)
class Records:
    """What is known of one project; rows hold what a page shows of them, and no more."""

    passages: list[Passage]
    conventions: list[Convention]
    checks: list[StewardshipCheck]
    duties: list[Duty]
    team: list[Teammate]
    meetings: list[Gathering]
    facts: list[ProjectFact]
    documents: list[Any]
    has_sheet: bool


def read(project: Project, *, now: dt.datetime) -> Records:
    """One query."""
    project_pk, idea_pk, community_pk = OuterRef("pk"), OuterRef("idea"), OuterRef("community")
    held = MeetingPage.objects.filter(communities=community_pk).gone_by(now)
    shown = ProjectDocument.objects.filter(project__project=OuterRef(OuterRef("pk")))
    place = shown.filter(document=OuterRef("pk")).values("sort_order")[:1]
    documents = get_document_model().objects.all()
    asked: dict[str, tuple[QuerySet[Any], Iterable[str]]] = {
        "passages": (Passage.objects.filter(Q(project=project_pk) | Q(idea=idea_pk)), columns(Passage)),
        "conventions": (
            Convention.objects.held().filter(project=project_pk).with_last_day().order_by("signed_at", "pk"),
            OF_A_CONVENTION,
        ),
        "checks": (
            StewardshipCheck.objects.filter(project=project_pk)
            .exclude(state=CheckState.CANCELLED)
            .order_by("due_on", "pk"),
            [*columns(StewardshipCheck), *OF_A_PHOTO],
        ),
        "duties": (Duty.objects.filter(project=project_pk), columns(Duty)),
        "team": (Teammate.objects.filter(project=project_pk, resident__erased_at__isnull=True), ("role", "shown_as")),
        "meetings": (held.filter(status__in=MeetingStatus.in_the_diary())[:MOST_MEETINGS], OF_A_MEETING),
        "facts": (ProjectFact.objects.filter(project__project=project_pk), columns(ProjectFact)),
        "documents": (
            documents.filter(pk__in=shown.values("document")).annotate(place=Subquery(place)).order_by("place"),
            OF_A_DOCUMENT,
        ),
    }
    arrays = {f"the_{name}": as_array(rows, fields) for name, (rows, fields) in asked.items()}
    public_sheet = Exists(ProjectSheet.objects.filter(project=project_pk, public_at__isnull=False))
    found = Project.objects.filter(pk=project.pk).values_list(*arrays.values(), public_sheet).get()
    made: dict[str, Any] = {
        name: gatherings(values) if name == "meetings" else rows_of(rows.model, values)
        for (name, (rows, _fields)), values in zip(asked.items(), found, strict=False)
    }
    return Records(**made, has_sheet=found[-1])


def columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def as_array(rows: QuerySet[Any], fields: Iterable[str]) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**{name: name for name in fields})))


def rows_of(model: type[Row], values: Iterable[dict[str, Any]]) -> list[Row]:
    """What JSON says of them, as the rows they are: days are days again, also those that the database worked out."""
    return [row_of(model, row) for row in values]


def row_of(model: type[Row], values: dict[str, Any]) -> Row:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    row = model(**{name: fields[name].to_python(values[name]) for name in values.keys() & fields.keys()})
    if "last_day" in values:
        row.__dict__["last_day"] = dt.date.fromisoformat(values["last_day"]) if values["last_day"] else None
    if isinstance(row, StewardshipCheck) and row.photo_id:
        row.photo = KeptFile(pk=row.photo_id, **{name.partition("__")[2]: values[name] for name in OF_A_PHOTO})
    return row


def gatherings(values: Iterable[dict[str, Any]]) -> list[Gathering]:
    """Pages are heavy, and a long past is only told in lines."""
    return [
        Gathering(
            title=row["title"],
            kind=MeetingKind(row["kind"]),
            starts_at=dt.datetime.fromisoformat(row["starts_at"]),
            url_path=row["url_path"],
        )
        for row in values
    ]
