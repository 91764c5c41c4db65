"""What do the letters about belonging say: somebody asks, here is the answer, here is what you can do now?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import typography
from communities.models import Community, Delivery, Mailing, Membership, MembershipRequest, Outcome, Role
from communities.post.composing import AFTER_HELLO, Letter, placeholder
from communities.post.kinds import LetterKind
from communities.post.writing import write

from .answering import COORDINATES


def space_url(community: Community) -> str:
    """Its page in my space, for members."""
    return settings.SITE_URL + reverse("communities:space_community", args=[community.slug])


class AboutBelonging(LetterKind):
    """It answers what somebody did, or tells a coordinator what waits for them: no consent is needed, none is taken."""

    template, words, over = "", gettext_lazy("letter about a community"), gettext_lazy("It is no longer so.")

    @property
    def label(self) -> str:
        return str(self.words)

    def written(
        self, *, community: Community, subject: str | Promise, language: str, context: Mapping[str, Any]
    ) -> Letter:
        facts = {"community": community, "name": placeholder(AFTER_HELLO), "space_url": space_url(community)}
        words = write(name=self.template, language=language, context={**facts, **context})
        with translation.override(language):
            title = str(subject) % {"community": community.name}
        return Letter(subject=typography.typeset(title, language=language), text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        return {delivery.pk: {} for delivery in deliveries}

    def is_true(self, key: str) -> bool:
        raise NotImplementedError

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        if self.is_true(mailing.key):
            return {}
        return {delivery.pk: str(self.over) for delivery in deliveries}


class SomebodyAsks(AboutBelonging):
    """To the coordinators: a name as its bearer gives it, no address."""

    template, words = "somebody_asks", gettext_lazy("a request to join a community")
    over = gettext_lazy("This request was answered.")

    def is_true(self, key: str) -> bool:
        return MembershipRequest.objects.waiting().filter(pk=key).exists()

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        request = request_of(mailing.key)
        return self.written(
            community=request.community,
            subject=gettext_lazy("Someone asks to join: %(community)s"),
            language=language,
            context={"request": request},
        )

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        """Nor to whoever coordinates it no more."""
        among = {each.resident_id for each in deliveries}
        of_it = Membership.objects.filter(community__requests=mailing.key, role=Role.COORDINATOR, resident__in=among)
        coordinating = set(of_it.values_list("resident_id", flat=True))
        others = [each for each in deliveries if each.resident_id and each.resident_id not in coordinating]
        words = _("They no longer coordinate this community.")
        answered = super().still_true(mailing=mailing, deliveries=deliveries, now=now)
        return {**{each.pk: words for each in others}, **answered}


class AnswerToARequest(AboutBelonging):
    """Yes or no, and the words that came with it."""

    template, words = "answer_to_a_request", gettext_lazy("the answer to a request to join a community")

    def is_true(self, key: str) -> bool:
        return MembershipRequest.objects.filter(pk=key, outcome__in=[Outcome.ACCEPTED, Outcome.DECLINED]).exists()

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        request = request_of(mailing.key)
        return self.written(
            community=request.community,
            subject=subject_of(request),
            language=language,
            context={"request": request, "community_url": settings.SITE_URL + request.community.get_absolute_url()},
        )


class RoleInACommunity(AboutBelonging):
    """Whoever begins to coordinate reads what they can do; whoever ceases is thanked."""

    template, words = "role_in_a_community", gettext_lazy("a role in a community")

    def is_true(self, key: str) -> bool:
        pk, _colon, what = key.partition(":")
        joined = Membership.objects.filter(pk=pk).first()
        return joined is not None and joined.is_coordinator == (what == COORDINATES)

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        pk, _colon, what = mailing.key.partition(":")
        begins = what == COORDINATES
        community = Membership.objects.select_related("community").get(pk=pk).community
        thanks = gettext_lazy("Thank you for coordinating: %(community)s")
        subject = gettext_lazy("You coordinate: %(community)s") if begins else thanks
        return self.written(community=community, subject=subject, language=language, context={"begins": begins})


def request_of(key: str) -> MembershipRequest:
    return MembershipRequest.objects.select_related("community", "resident").get(pk=key)


def subject_of(request: MembershipRequest) -> str | Promise:
    if request.is_accepted and request.is_to_coordinate:
        return gettext_lazy("You coordinate: %(community)s")
    if request.is_accepted:
        return gettext_lazy("Welcome to: %(community)s")
    return gettext_lazy("Your request: %(community)s")
