"""The same of ideas: every page that residents open, one letter of every kind."""

import datetime as dt
from collections.abc import Callable

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail_factories import ImageFactory

from communities.models import Resident
from engagement import kept_files, passing
from engagement.ideas import carrying, drafting, submitting, supporting
from engagement.models import Idea, IdeaPicture, IdeaStage, IdeaSupport, Scheme
from engagement.uploads import cleaning
from tests.communities.factories import NeighbourhoodFactory, ResidentFactory
from tests.engagement.factories import IdeaFactory, ProjectFactory, ProjectPageFactory
from tests.engagement.ideas.writing import begun
from tests.engagement.uploads import files
from tests.factories import StaffFactory


def addresses() -> dict[str, str]:
    """The pages that anyone finds, and those that links in letters open."""
    Scheme.objects.update_or_create(pk=Scheme.load().pk, defaults={"map_picture": ImageFactory()})
    return of_the_public() | of_drafts() | of_letters()


def of_the_public() -> dict[str, str]:
    shown = IdeaFactory(public=True, neighbourhood=NeighbourhoodFactory(), point_x=400, point_y=300, shown_as="Ada T.")
    illustrate(shown)
    support(shown, confirmed_at=timezone.now())
    supported = IdeaFactory(public=True, stage=IdeaStage.SUPPORTED)
    project = ProjectFactory(idea=supported, is_from_before=False, stage="supported")
    ProjectPageFactory(project=project)
    ideas = {
        "an idea": shown,
        "a supported idea": supported,
        "a refused idea": refused(),
        "a joined idea": joined(to=shown),
        "an idea that waits for its holders": asked(public=True),
    }
    return {
        "ideas": reverse("engagement:ideas"),
        "no idea": f"{reverse('engagement:ideas')}?stage=withdrawn",
        "propose": reverse("engagement:propose"),
        **{name: idea.get_absolute_url() for name, idea in ideas.items()},
    }


def of_drafts() -> dict[str, str]:
    draft, sent, received = begun(), begun(email="nora@example.org"), IdeaFactory()
    illustrate(draft)
    submitting.send(idea=sent, now=timezone.now())
    links = {"a draft": draft, "a draft that was sent": sent, "a draft that was received": received}
    return {
        **{name: reverse("engagement:draft", args=[drafting.token_of(idea)]) for name, idea in links.items()},
        "a draft put aside": reverse("engagement:draft", args=[drafting.token_of(draft)], query={"kept": "1"}),
        "a draft nobody knows": reverse("engagement:draft", args=["abc"]),
        "confirm an idea": reverse("engagement:confirm_idea", args=[submitting.token_of(sent)]),
        "a button of an earlier letter": reverse("engagement:confirm_idea", args=["abc"]),
    }


def of_letters() -> dict[str, str]:
    mine, waiting = IdeaFactory(public=True, answer_due_on=dt.date(2027, 3, 1), received_at=timezone.now()), asked()
    illustrate(mine)
    shown = IdeaFactory(public=True)
    supports = {"confirm a support": support(shown), "a support": support(shown, confirmed_at=timezone.now())}
    return {
        "my idea": reverse("engagement:my_idea", args=[carrying.token_of(mine)]),
        "my idea, asked": reverse("engagement:my_idea", args=[carrying.token_of(waiting)]),
        "my idea, answered": reverse("engagement:my_idea", args=[carrying.token_of(waiting)], query={"done": "answer"}),
        **{
            name: reverse("engagement:idea_support", args=[supporting.token_of(each)])
            for name, each in supports.items()
        },
    }


def illustrate(idea: Idea) -> IdeaPicture:
    """A photograph that staff made public."""
    picture = cleaning.picture(file=files.sent(files.photo()))
    kept = kept_files.keep(file=picture, now=timezone.now())
    return IdeaPicture.objects.create(idea=idea, file=kept, alternative_text="La friche en mai", is_public=True)


def support(idea: Idea, **facts: object) -> IdeaSupport:
    return IdeaSupport.objects.create(
        idea=idea, resident=ResidentFactory(), given_name="Nora Chevalet", created_at=timezone.now(), **facts
    )


def asked(**facts: object) -> Idea:
    idea = IdeaFactory(**facts)
    by = passing.Actor(user=StaffFactory(participation=True))
    passing.to(thing=idea, stage=IdeaStage.ASKED, by=by, words="Qui arrose en août ?", now=timezone.now())
    return idea


def refused() -> Idea:
    idea, now = IdeaFactory(public=True), timezone.now()
    by = passing.Actor(user=StaffFactory(participation=True))
    passing.to(thing=idea, stage=IdeaStage.REFUSED, by=by, words="Le sol est pollué.", now=now, decided_at=now)
    return idea


def joined(*, to: Idea) -> Idea:
    idea, now = IdeaFactory(public=True), timezone.now()
    by = passing.Actor(user=StaffFactory(participation=True))
    facts = {"merged_into": to, "decided_at": now}
    passing.to(thing=idea, stage=IdeaStage.MERGED, by=by, words="La même, à côté.", now=now, **facts)
    return idea


def post_one_of_each(*, now: dt.datetime) -> None:
    """Of those that answer what residents do about ideas."""
    drafting.continue_later(idea=begun(), now=now)
    submitting.send(idea=begun(email="nora@example.org"), now=now)
    supporting.ask(idea=IdeaFactory(public=True), name="Nora", email="nora@example.org", joins=True, now=now)
    tell_a_supporter(now=now)


def tell_a_supporter(*, now: dt.datetime) -> None:
    """Of an idea whose owner nobody reaches, so that the one letter is the supporter's."""
    idea = IdeaFactory(public=True, resident__email="", resident__phone="", resident__erased_at=now)
    support(idea, confirmed_at=now, wants_news=True)
    by, facts = passing.Actor(user=StaffFactory(participation=True)), {"decided_at": now}
    passing.to(thing=idea, stage=IdeaStage.REFUSED, by=by, words="Le sol est pollué.", now=now, **facts)


def links_of(resident: Resident) -> Callable[[], list[HttpResponse]]:
    """Opens the page of one of their ideas, and of one of their supports, by the links they were sent."""
    idea, supported = resident.ideas.submitted().earliest("pk"), resident.idea_supports.earliest("pk")
    addresses = [
        reverse("engagement:my_idea", args=[carrying.token_of(idea)]),
        reverse("engagement:idea_support", args=[supporting.token_of(supported)]),
    ]
    return lambda: [Client().get(address) for address in addresses]
