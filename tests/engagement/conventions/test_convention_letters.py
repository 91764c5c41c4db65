"""Do the letters about conventions lead where they should, and stay when there is nothing left to say?"""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse

from communities.models import Delivery, Mailing, Resident, Town
from communities.personal_data import held_on
from communities.post.composing import AFTER_HELLO
from communities.post.kinds import letter_kinds
from engagement.conventions import (
    freezing,
    holding,
    on_screen,
    reminding,
)
from engagement.models import Convention, Side, SignatureRequest
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import (
    NOW,
    draft,
    officer,
    proposed,
    read_token,
    sign,
    signed,
    supported,
)

pytestmark = pytest.mark.django_db


def letter(mailing: Mailing):
    return letter_kinds[mailing.kind].compose(mailing=mailing, language="fr")


def filled(mailing: Mailing):
    """As the first of its readers gets it."""
    deliveries = list(Delivery.objects.filter(mailing=mailing).select_related("resident", "mailing"))
    personal = letter_kinds[mailing.kind].personal(mailing=mailing, deliveries=deliveries)
    return letter(mailing).filled({AFTER_HELLO: "", **personal[deliveries[0].pk]})


def not_true_any_more(mailing: Mailing, now: dt.datetime) -> bool:
    deliveries = list(Delivery.objects.filter(mailing=mailing))
    return len(letter_kinds[mailing.kind].still_true(mailing=mailing, deliveries=deliveries, now=now)) == len(
        deliveries
    )


def asked(convention: Convention, side: Side = Side.RESIDENTS, **who) -> SignatureRequest:
    who = {"name": "Ada Terril", "email": "ada@example.org"} | who
    return on_screen.ask(convention=convention, side=side, by=officer(), now=NOW, **who)


def test_those_who_carry_it_find_the_private_text_in_the_letter_of_the_passage():
    holder = ResidentFactory()
    convention = signed(project=supported(holder=holder))

    passage = convention.project.passages.get(to_stage="signed")
    mailing = Mailing.objects.get(kind="passage", key=passage.pk)
    words = filled(mailing)

    assert f"/conventions/lire/{read_token(convention)}/" in words.text
    assert f"/conventions/lire/{read_token(convention)}/" in words.html


def test_a_letter_of_another_passage_carries_no_link_to_a_convention():
    convention = draft()

    passage = convention.project.passages.get(to_stage="drafting")

    assert "/conventions/lire/" not in letter(Mailing.objects.get(kind="passage", key=passage.pk)).text


def test_a_request_leads_to_the_page_on_which_one_signs():
    request = asked(proposed())

    words = letter(Mailing.objects.get(kind="signature-request"))

    assert settings.SITE_URL + reverse("engagement:sign_convention", args=[on_screen.token_of(request)]) in words.text


@pytest.mark.parametrize("meanwhile", ["taken back", "signed on paper", "asked anew", "written to elsewhere"])
def test_a_request_does_not_leave_once_there_is_nothing_to_sign(meanwhile):
    by, holder = officer(), ResidentFactory(email="ada@example.org")
    convention = proposed(by=by, project=supported(holder=holder))
    asked(convention, resident=holder)
    mailing = Mailing.objects.get(kind="signature-request")
    assert not not_true_any_more(mailing, NOW)

    if meanwhile == "taken back":
        freezing.take_back(convention=convention, by=by)
    elif meanwhile == "signed on paper":
        sign(convention, Side.RESIDENTS, by=by)
    elif meanwhile == "written to elsewhere":
        Resident.objects.filter(pk=holder.pk).update(email="ada.terril@example.org")
    else:
        asked(convention)

    assert not_true_any_more(mailing, NOW)


def test_a_code_that_no_longer_works_does_not_leave():
    request = asked(proposed())
    on_screen.send_code(request=request, now=NOW)
    mailing = Mailing.objects.get(kind="signature-code")

    assert not not_true_any_more(mailing, NOW + dt.timedelta(minutes=9))
    assert not_true_any_more(mailing, NOW + on_screen.GOOD_FOR)
    on_screen.send_code(request=request, now=NOW + dt.timedelta(minutes=1))
    assert not_true_any_more(mailing, NOW + dt.timedelta(minutes=1))


def test_a_notice_says_the_day_and_what_to_do_and_is_silent_once_it_ended():
    town = Town.load()
    town.email = "mairie@example.org"
    town.save()
    by = officer()
    convention = signed(by=by, months=12, review_months=0)
    reminding.remind(now=dt.datetime.combine(convention.ends_on - dt.timedelta(days=20), dt.time(9), tzinfo=dt.UTC))
    mailing = Mailing.objects.filter(kind="convention-notice").first()

    words = letter(mailing).text

    assert "1er\u00a0mars 2027" in words
    assert "avenant" in words
    Convention.objects.filter(pk=convention.pk).update(
        state="ended", ended_on=NOW.date(), ended_at=NOW, end_reason="Repris."
    )
    assert not_true_any_more(mailing, NOW)


def test_a_resident_is_told_what_we_hold_and_what_was_only_asked_goes_with_them():
    holder = ResidentFactory(email="ada@example.org")
    convention = proposed(project=supported(holder=holder))
    request = asked(convention, resident=holder)
    on_screen.send_code(request=request, now=NOW)
    code = on_screen.code_of(request, sent_at=NOW)
    on_screen.sign(request=request, code=code, name="Ada", quality="", address="192.0.2.1", now=NOW)

    told = str(held_on(resident=holder))
    holding.erase(resident=holder, now=NOW)

    assert "192.0.2.1" in told
    assert not SignatureRequest.objects.exists()
    assert convention.signatures.exists()
