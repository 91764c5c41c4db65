"""How is a convention written? Begun from a model of the town's, changed as often as one likes, each change kept."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from communities import typography
from communities.models import Town
from engagement import passing, permissions, telling
from engagement.models import (
    Commitment,
    Convention,
    ConventionState,
    ConventionTemplate,
    ConventionVersion,
    HolderKind,
    Idea,
    Project,
    Side,
    Stage,
)
from engagement.refusals import Refusal, refuse_unless

from . import content, freezing, numbering, pricing, versions
from .content import Article, Promised


class BeingWritten(Refusal):
    """One convention of a project at a time."""

    MESSAGE = gettext_lazy("A convention of this project is being written or signed already: go on with that one.")


class IsOver(Refusal):
    """Nothing is promised any more."""

    MESSAGE = gettext_lazy("This project is over: no convention can be written for it.")


class ChangedMeanwhile(Refusal):
    """Somebody else wrote a version since."""

    MESSAGE = gettext_lazy(
        "Someone has changed this draft since you opened it: nothing of yours was kept. Open it again."
    )


class NotTheirCommitment(Refusal):
    """An amendment takes the place of promises of its own convention only."""

    MESSAGE = gettext_lazy("A commitment can only take the place of one of the convention that is amended.")


@transaction.atomic
def begin(*, project: Project, template: ConventionTemplate, by: User, now: dt.datetime, **fields: Any) -> Convention:
    """The first draft, with what we know already; the project passes to “convention being written”.

    `fields` are columns of the convention, over what we know. Raises MayNot, IsOver or BeingWritten.
    """
    refuse_unless(permissions.may_write_conventions(by))
    locked = Project.objects.select_for_update(of=("self",)).select_related("idea__resident").get(pk=project.pk)
    if locked.is_over:
        raise IsOver
    if is_being_written(locked):
        raise BeingWritten
    convention = Convention.objects.create(
        project=locked,
        template=template,
        number=numbering.next_number(now=now),
        created_at=now,
        **content.tidied_fields(known_of(locked, by=by, now=now) | fields),
    )
    clauses: list[Article] = [{"heading": clause.heading, "text": clause.text} for clause in template.clauses.all()]
    begun = content.of(fields=content.fields_of(convention), articles=clauses, commitments=[])
    versions.write(convention=convention, content=begun, by=by, note=_("First draft"), now=now)
    log(convention, "engagement.convention.begun", user=by, data={"template": template.name})
    if locked.stage == Stage.SUPPORTED:
        passing.to(thing=project, stage=Stage.DRAFTING, by=passing.Actor(user=by), now=now)
    return convention


def is_being_written(project: Project) -> bool:
    """A first convention, that is: amendments have their own rule."""
    open_ones = project.conventions.filter(state__in=[ConventionState.DRAFT, ConventionState.PROPOSED])
    return open_ones.filter(amends__isnull=True).exists()


@transaction.atomic
def save(
    *,
    convention: Convention,
    fields: Mapping[str, Any],
    articles: Iterable[Article],
    commitments: Iterable[Promised],
    by: User,
    note: str = "",
    after: int | None = None,
    now: dt.datetime,
) -> ConventionVersion | None:
    """Write it down, and a new version of it; None, and nothing written, when nothing changed.

    `fields`: every one of content.FIELDS; `after`: the number of the version it was changed from. Raises
    MayNot, freezing.NotADraft, ChangedMeanwhile or NotTheirCommitment.
    """
    refuse_unless(permissions.may_write_conventions(by))
    locked = freezing.lock(convention)
    if not locked.is_draft:
        raise freezing.NotADraft
    if after is not None and after != versions.number_of(locked):
        raise ChangedMeanwhile
    promises = named(commitments, convention=locked)
    written = content.of(fields=fields, articles=articles, commitments=promises)
    version = versions.write(convention=locked, content=written, by=by, note=note, now=now)
    if version is None:
        return None
    freezing.put(convention, **content.tidied_fields({name: fields[name] for name in content.FIELDS}))
    pricing.write(written["commitments"], convention=convention)
    log(convention, "engagement.convention.changed", user=by, data={"version": version.number})
    return version


def named(commitments: Iterable[Promised], *, convention: Convention) -> list[Promised]:
    """Each with the words of the promise whose place it takes, which must be one of the convention that is amended."""
    replaceable = {each.pk: each for each in to_replace(convention)}
    named: list[Promised] = []
    for each in commitments:
        if each["replaces"] is not None and each["replaces"] not in replaceable:
            raise NotTheirCommitment
        replaced = str(replaceable[each["replaces"]]) if each["replaces"] is not None else ""
        named.append({**each, "replaced": replaced})
    return named


def to_replace(convention: Convention) -> list[Commitment]:
    """The promises that an amendment may replace: those of its convention and earlier amendments that still stand."""
    if convention.amends_id is None:
        return []
    family = Q(convention=convention.amends_id) | Q(convention__amends=convention.amends_id)
    return list(Commitment.objects.standing().filter(family).order_by("side", "pk"))


def known_of(project: Project, *, by: User, now: dt.datetime) -> dict[str, Any]:
    """What the first draft can say without asking anyone, in the town's language."""
    idea = project.idea
    with translation.override(settings.LANGUAGE_CODE):
        return {
            "title": project.title,
            "holder": holder_of(project)[:255],
            "commune": commune()[:255],
            "purpose": idea.what[:2000] if idea else "",
            "site": project.place,
            "starts_on": timezone.localdate(now),
            "contact": contact(project, by=by)[:255],
        }


def holder_of(project: Project) -> str:
    """Who signs for the residents: the association and who speaks for it, the person."""
    idea: Idea | None = project.idea
    organisation = idea.organisation if idea and idea.kind in HolderKind.with_a_name() else ""
    name = next((resident.name for resident in telling.holders_of(project)), "")
    if organisation and name:
        return _("%(organisation)s, represented by %(name)s") % {"organisation": organisation, "name": name}
    return organisation or name


def commune() -> str:
    town = Town.load()
    return _("%(town)s, a commune represented by its mayor") % {"town": town.city or town.name or town}


def contact(project: Project, *, by: User) -> str:
    """The officer, and how the town hall is reached."""
    officer, town = project.officer or by, Town.load()
    ways = [officer.get_full_name(), town.town_hall, typography.phone(town.phone), town.email]
    return ", ".join(way for way in ways if way)


def promise(*, side: Side | str, kind: str, what: str, **more: Any) -> Promised:
    """One commitment as the forms and the data of a town give it: `quantity`, `unit`, `value`, `due_on`, `who`, and in
    an amendment the key of the one that it `replaces`.
    """
    due_on = more.get("due_on")
    return {
        "side": str(side),
        "kind": str(kind),
        "what": what,
        "quantity": content.amount(more.get("quantity")),
        "unit": more.get("unit") or "",
        "value": content.amount(more.get("value")),
        "due_on": due_on.isoformat() if due_on else "",
        "who": more.get("who") or "",
        "replaces": more.get("replaces"),
        "replaced": "",
    }
