"""Which buttons has a community in my space? What each asks, which rule it calls, and what is said afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities import membership
from communities.models import Community, MembershipRequest, Origin, Resident

from . import answering, asking, inviting
from .forms import AnswerForm, AnswerOneForm, InviteForm, NothingForm, ShownNameForm, WordsForm
from .refusals import AlreadyAnswered, NotAMember
from .showing import Place


@dataclass(frozen=True)
class Act:
    """One button: `do` is given the community, the resident, what the form said, and the moment."""

    name: str
    form: type[forms.Form]
    do: Callable[..., None]
    done: str | Promise


def enter(*, community: Community, resident: Resident, said: Mapping[str, Any], now: datetime) -> None:
    asking.enter_and_be_told(community=community, resident=resident, words=said["words"], now=now)


def leave(*, community: Community, resident: Resident, said: Mapping[str, Any], now: datetime) -> None:
    membership.leave(community=community, resident=resident, origin=Origin.WEB, now=now)


def take_back(*, community: Community, resident: Resident, said: Mapping[str, Any], now: datetime) -> None:
    asked = community.requests.waiting().filter(resident=resident).first()
    if asked is None or not asking.take_back(request=asked, origin=Origin.WEB, now=now):
        raise AlreadyAnswered


def propose(*, community: Community, resident: Resident, said: Mapping[str, Any], now: datetime) -> None:
    asking.propose(community=community, resident=resident, words=said["words"], now=now)


def invite(*, community: Community, resident: Resident, said: Mapping[str, Any], now: datetime) -> None:
    inviting.invite(community=community, inviter=resident, now=now, **said)


def show_as(*, community: Community, resident: Resident, said: Mapping[str, Any], now: datetime) -> None:
    joined = membership.find(community=community, resident=resident)
    if joined is None:
        raise NotAMember
    membership.show_as(membership=joined, name=said["shown_as"])


def answer(*, community: Community, resident: Resident, said: Mapping[str, Any], now: datetime) -> None:
    """Only a request of this very community: another number answers nothing."""
    known = MembershipRequest.objects.select_related("community", "resident").to_enter()
    asked = known.filter(community=community, pk=said["request"]).first()
    if asked is None:
        raise AlreadyAnswered
    decide = answering.accept if said["is_yes"] else answering.decline
    decide(request=asked, by=resident, reply=said["reply"], now=now)


ACTS = {
    act.name: act
    for act in (
        Act("enter", WordsForm, enter, ""),
        Act("leave", NothingForm, leave, _("You have left. We no longer tell you of its meetings.")),
        Act("take_back", NothingForm, take_back, _("Your request was taken back.")),
        Act("propose", WordsForm, propose, _("Thank you! The town hall reads your offer and answers by e-mail.")),
        Act("invite", InviteForm, invite, _("Thank you! Unless they were invited before, a letter is on its way.")),
        Act("show_as", ShownNameForm, show_as, _("Your name is changed.")),
        Act("answer", AnswerOneForm, answer, _("Your answer is on its way by e-mail.")),
    )
}


def said_of(name: str) -> str | Promise:
    """What is said once it is done; nothing for what nobody did."""
    return ACTS[name].done if name in ACTS else ""


def blank_forms(place: Place) -> dict[str, forms.Form]:
    """What the page asks, by the names of the buttons, with what is known already."""
    called, shown_as = (place.mine.called, place.mine.shown_as) if place.mine else ("", "")
    return {
        "enter": WordsForm(),
        "propose": WordsForm(),
        "invite": InviteForm(initial={"shown_as": called.partition(" ")[0]}),
        "show_as": ShownNameForm(initial={"shown_as": shown_as}),
        "answer": AnswerForm(),
    }
