"""What became of the projects: their conventions, what each side brought, who looks after them; by the rules, on the
days that fifty.toml says.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from communities.models import Resident
from engagement import passing
from engagement.caring import checking, reviewing
from engagement.conventions import content, documents, drafting, ending, freezing, signing, versions
from engagement.ledger import recording
from engagement.models import (
    CheckState,
    ConventionTemplate,
    Duty,
    Project,
    ProjectPage,
    ProjectSheet,
    Side,
    Stage,
    StewardshipCheck,
    Teammate,
    Theme,
)
from engagement.story import sheets
from engagement.uploads.cleaning import CleanFile

from . import fixtures
from .ideas import FEW_ENOUGH, ago

DELIBERATION = "délibération inventée pour la démonstration"


def tell(*, by: User, now: dt.datetime) -> None:
    """Each project's life."""
    crowd = list(Resident.objects.order_by("pk")[:FEW_ENOUGH])
    for row in fixtures.read("fifty")["projet"]:
        project = ProjectPage.objects.select_related("project").get(slug=row["slug"]).project
        Life(project, row=row, crowd=crowd, by=by, now=now).play()


def since(slug: str, now: dt.datetime) -> dt.datetime:
    """When the register took a project over: ten days before anything was written of it."""
    row: dict[str, Any] = next((each for each in fixtures.read("fifty")["projet"] if each["slug"] == slug), {})
    return ago(row.get("convention", {}).get("begun", 400) + 10, now)


class Life:
    """One project, from its row."""

    def __init__(
        self, project: Project, *, row: dict[str, Any], crowd: list[Resident], by: User, now: dt.datetime
    ) -> None:
        self.project, self.row, self.crowd, self.by, self.now = project, row, crowd, by, now
        self.staff = passing.Actor(user=by)

    def play(self) -> None:
        self.settle()
        if "convention" in self.row:
            self.agree(self.row["convention"])
        for step in self.row.get("passages", []):
            self.pass_to(Stage(step["stage"]), days=step["days"])
        self.look_after()
        if "sheet" in self.row:
            sheet = ProjectSheet.objects.create(project=self.project, **self.row["sheet"])
            sheets.show(sheet=sheet, wanted=True, by=self.by, now=self.now)
        if "convention" in self.row and "ended" in self.row["convention"]:
            over = self.row["convention"]["ended"]
            at = ago(over["days"], self.now)
            ending.end(convention=self.convention, on=timezone.localdate(at), reason=over["reason"], by=self.by, now=at)

    def settle(self) -> None:
        """Where it is, what it is about, who carries it; known since before its convention."""
        row = self.row
        x, y = row.get("point", (None, None))
        known = since(row["slug"], self.now)
        facts = {"theme": Theme.objects.get(slug=row["theme"]), "place": row.get("place", "")}
        facts |= {"point_x": x, "point_y": y, "officer": self.by, "created_at": known}
        Project.objects.filter(pk=self.project.pk).update(**facts)
        ProjectPage.objects.filter(project=self.project).update(needs=row.get("needs", ""))
        self.project.refresh_from_db()
        for mate in row["team"]:
            Teammate.objects.create(
                project=self.project,
                resident=self.crowd[mate["who"]],
                role=mate["role"],
                shown_as=mate["shown_as"],
                joined_at=known,
            )

    def agree(self, row: dict[str, Any]) -> None:
        """The convention as far as its row goes: written, proposed, signed on paper by both."""
        at = ago(row["begun"], self.now)
        template = ConventionTemplate.objects.order_by("pk")[0]
        named = ("months", "renewable_months", "renewals", "purpose", "maintenance", "summary")
        facts = {"deliberation": DELIBERATION} | {name: row[name] for name in named if name in row}
        self.convention = drafting.begin(project=self.project, template=template, by=self.by, now=at, **facts)
        self.promise(row, at=at)
        if "proposed" in row:
            freezing.propose(convention=self.convention, by=self.by, now=ago(row["proposed"], self.now))
        if "signed" in row:
            self.sign(at=ago(row["signed"], self.now))
            self.enter(row["entries"])

    def promise(self, row: dict[str, Any], *, at: dt.datetime) -> None:
        promises = [
            drafting.promise(side=side, kind=kind, what=what, quantity=quantity, unit=unit, value=value or None)
            for side, kind, what, quantity, unit, value in row["promises"]
        ]
        drafting.save(
            convention=self.convention,
            fields=content.fields_of(self.convention) | {"starts_on": timezone.localdate(at)},
            articles=[
                {"heading": each["heading"], "text": each["text"]}
                for each in versions.latest(self.convention)["articles"]
            ],
            commitments=promises,
            by=self.by,
            note="Engagements des deux côtés",
            now=at,
        )

    def sign(self, *, at: dt.datetime) -> None:
        """Both hands under one sheet, whose scan is our own print of it."""
        sheet = CleanFile(
            content=documents.pdf(self.convention), media_type="application/pdf", name="convention-signee.pdf"
        )
        hands = [
            signing.Hand(Side.RESIDENTS, self.crowd[self.row["team"][0]["who"]].name, "porte-parole"),
            signing.Hand(Side.COMMUNE, "Une personne inventée", "pour la commune"),
        ]
        signing.on_paper(
            convention=self.convention,
            hands=hands,
            signed_on=timezone.localdate(at),
            scan=sheet,
            by=self.by,
            now=at,
        )

    def enter(self, rows: list[list[Any]]) -> None:
        """What was done, each entry keeping the promise of its kind, if there is one."""
        promised = {(each.side, each.kind): each for each in self.convention.commitments.all()}
        for side, kind, what, quantity, unit, value, days in rows:
            at = ago(days, self.now)
            recording.record(
                project=self.project,
                side=side,
                kind=kind,
                what=what,
                quantity=Decimal(quantity),
                unit=unit,
                value=Decimal(value) if value else None,
                commitment=promised.get((side, kind)),
                done_on=timezone.localdate(at),
                evidence_words="Cahier du projet",
                validated_by=self.by,
                now=at,
            )

    def pass_to(self, stage: Stage, *, days: int, words: str = "") -> None:
        at = ago(days, self.now)
        day = {Stage.UNDER_WAY: "started_on", Stage.DELIVERED: "delivered_on"}.get(stage)
        facts = {day: timezone.localdate(at)} if day else {}
        passing.to(thing=self.project, stage=stage, by=self.staff, words=words, now=at, **facts)

    def look_after(self) -> None:
        """Duties, checks done and to come, and the day the commune took it back."""
        for what, who, when in self.row.get("duties", []):
            Duty.objects.create(project=self.project, what=what, who=who, when=when)
        checks = [self.plan(each) for each in self.row.get("checks", [])]
        if "stewardship" in self.row:
            self.pass_to(Stage.STEWARDSHIP, days=self.row["stewardship"])
        for check, each in zip(checks, self.row.get("checks", []), strict=True):
            if "answered" in each:
                at = ago(each["answered"], self.now)
                state, words = CheckState(each["state"]), each["words"]
                checking.answer(check=check, state=state, words=words, by=self.staff, seen=None, now=at)
        if "taken_back" in self.row:
            gone = self.row["taken_back"]
            at = ago(gone["days"], self.now)
            reviewing.take_back(project=self.project, reason=gone["words"], by=self.staff, now=at)

    def plan(self, each: dict[str, Any]) -> StewardshipCheck:
        return StewardshipCheck.objects.create(
            project=self.project,
            what=each["what"],
            due_on=timezone.localdate(ago(each["due"], self.now)),
            resident=self.crowd[self.row["team"][0]["who"]],
        )
