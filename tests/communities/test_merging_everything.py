"""Whatever two records hold, the one that is left holds all of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from communities import personal_data
from communities.models import (
    DeliveryState,
    Resident,
)
from meetings.models import Answer, Invitation
from tests.communities.factories import (
    CommunityFactory,
    ConsentEventFactory,
    InboundMessageFactory,
    ResidentFactory,
    SignUpFactory,
)
from tests.communities.joined import NOW, a_mailing, letter, merge
from tests.meetings.factories import (
    AnswerFactory,
    MeetingPageFactory,
    RegistrationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def leaves(held: Any) -> list[str]:
    """Every value of what is held, in any order."""
    if isinstance(held, dict):
        return sorted(leaf for value in held.values() for leaf in leaves(value))
    if isinstance(held, list):
        return sorted(leaf for value in held for leaf in leaves(value))
    return [repr(held)]


class NothingIsLost(TestCase):
    """Whatever two people hold, the one that is left holds all of it."""

    @hypothesis_settings(max_examples=15)
    @given(st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=16))
    def test_the_one_that_is_left_holds_what_both_held(self, deeds: list[tuple[int, bool]]) -> None:
        kept, gone = ResidentFactory(name="Ada"), ResidentFactory(name="Ada")
        meetings, community = [MeetingPageFactory(), MeetingPageFactory()], CommunityFactory()
        for number, (kind, is_kept) in enumerate(deeds):
            do(kind, kept if is_kept else gone, number=number, meetings=meetings, community=community)
        with override("en"):
            before = [told(kept), told(gone)]
            merge(kept, gone)
            after = told(kept)

        for heading in after:
            both = [leaf for held in before for leaf in leaves(held[heading])]
            assert set(both) <= set(leaves(after[heading])), heading
        assert Answer.objects.count() == sum(kind == 1 for kind, _kept in deeds)


def told(resident: Resident) -> dict[str, Any]:
    held = personal_data.held_on(resident=Resident.objects.get(pk=resident.pk))
    return {heading: value for heading, value in held.items() if heading != "Who you are"}


def do(kind: int, resident: Resident, *, number: int, meetings: list[Any], community: Any) -> None:
    """One thing that somebody may do at the same moment as anybody else."""
    then = NOW + timedelta(minutes=number)
    deeds: dict[int, Callable[[], object]] = {
        0: lambda: asked(resident, meetings[number % 2]),
        1: lambda: answers(resident, meetings[number % 2], then, by_phone=number % 3 == 0),
        2: lambda: ConsentEventFactory(resident=resident, granted=number % 2 == 0, proof=f"{number}", occurred_at=then),
        3: lambda: SignUpFactory(resident=resident, created_at=then),
        4: lambda: letter(resident, a_mailing(str(number)), state=DeliveryState.SENT, ended_at=then),
        5: lambda: InboundMessageFactory(resident=resident, subject=f"Subject {number}"),
        6: lambda: community.memberships.get_or_create(resident=resident, defaults={"joined_at": NOW}),
        7: lambda: RegistrationFactory(resident=resident, confirmed_at=then, created_at=NOW, held_until=NOW),
    }
    deeds[kind]()


def asked(resident: Resident, meeting: Any) -> Invitation:
    return Invitation.objects.get_or_create(meeting=meeting, resident=resident, defaults={"created_at": NOW})[0]


def answers(resident: Resident, meeting: Any, then: datetime, *, by_phone: bool) -> None:
    invitation = asked(resident, meeting)
    invitation.answers.update(is_current=False)
    AnswerFactory(invitation=invitation, answered_at=then, by_phone=by_phone)
