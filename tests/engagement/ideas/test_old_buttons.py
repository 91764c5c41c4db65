"""An idea that changes its address: whose letter holds the button by which the town hall receives it?"""

import datetime as dt

import pytest
from django.utils import timezone

from communities.models import Delivery
from communities.post.kinds import letter_kinds
from engagement.ideas import drafting, own_links, submitting
from tests.engagement.ideas.writing import begun

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + dt.timedelta(hours=1)


def test_no_button_of_an_earlier_letter_ever_works_again_however_often_it_is_sent():
    idea = begun(email="somebody-else@example.org")
    submitting.send(idea=idea, now=NOW)
    theirs = submitting.token_of(idea)

    for _time in range(own_links.FEW - 2):
        submitting.take_back(idea=idea)
        submitting.send(idea=idea, email="ada@example.org", now=LATER)
    submitting.take_back(idea=idea)
    with pytest.raises(submitting.SentTooOften):
        submitting.send(idea=idea, email="ada@example.org", now=LATER)

    assert submitting.find(token=theirs) is None


@pytest.mark.parametrize("kind", [submitting.LETTER_KIND, drafting.LETTER_KIND])
def test_a_letter_in_a_workers_hands_while_the_address_changes_holds_no_button_of_the_new_one(kind: str):
    idea = begun(email="somebody-else@example.org")
    drafting.continue_later(idea=idea, now=NOW)
    submitting.send(idea=idea, now=NOW)
    letter = Delivery.objects.select_related("mailing", "resident").get(mailing__kind=kind)

    submitting.take_back(idea=idea)
    submitting.send(idea=idea, email="ada@example.org", now=LATER)

    told = {"mailing": letter.mailing, "deliveries": [letter]}
    said = letter_kinds[kind].compose(mailing=letter.mailing, language="fr").text
    said += str(letter_kinds[kind].personal(**told))
    assert submitting.token_of(idea) not in said
    assert drafting.token_of(idea) not in said
