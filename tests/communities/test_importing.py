"""A file of residents is applied whole and once, or not at all."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from communities import consent, letters, wordings
from communities.imports import importing
from communities.imports.examining import Verdict
from communities.imports.importing import StatedConsent
from communities.models import (
    Channel,
    ConsentEvent,
    Delivery,
    Mailing,
    Membership,
    Origin,
    Priority,
    Resident,
    ResidentImport,
    SignUp,
)
from communities.post.kinds import letter_kinds
from tests.communities.factories import CommunityFactory, ConsentEventFactory, ResidentFactory, SignUpFactory
from tests.communities.uploads import FORUM, NOW, apply, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_report_writes_nobody_down() -> None:
    receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM)

    assert not Resident.objects.exists()
    assert not Mailing.objects.exists()


def test_a_stated_consent_is_held_with_its_proof_and_nobody_is_written_to() -> None:
    community = CommunityFactory()
    received = receive(
        "Nom;E-mail;Téléphone\nAda;ada@example.org;\nBasile;;0199000102", stated=FORUM, community=community
    )

    applied = apply(received)

    events = ConsentEvent.objects.order_by("pk")
    assert [event.channel for event in events] == [Channel.EMAIL, Channel.PHONE]
    assert {(event.scope, event.origin, event.wording) for event in events} == {
        (consent.scope_of(community), Origin.IMPORT, wordings.IMPORTED)
    }
    assert events[0].proof == (
        f"import {applied.pk} · Forum des associations · 2027-01-15 · Classeur bleu, fiches 1 à 40"
    )
    assert community.members.count() == 2
    assert applied.report["consents"] == 2
    assert not Delivery.objects.exists()


def test_without_a_community_a_stated_consent_is_for_the_whole_town() -> None:
    apply(receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM))

    assert ConsentEvent.objects.get().scope == consent.TOWN
    assert not Membership.objects.exists()


@pytest.mark.parametrize(("withdrawn_on", "is_told"), [(date(2027, 1, 14), True), (date(2027, 1, 15), False)])
def test_a_stated_consent_never_overrules_a_later_withdrawal(withdrawn_on: date, is_told: bool) -> None:
    community = CommunityFactory()
    resident = ResidentFactory(email="ada@example.org")
    scope = consent.scope_of(community)
    ConsentEventFactory(resident=resident, scope=scope)
    ConsentEventFactory(
        resident=resident,
        scope=scope,
        granted=False,
        occurred_at=datetime(withdrawn_on.year, withdrawn_on.month, withdrawn_on.day, 12, tzinfo=UTC),
    )

    apply(receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM, community=community))

    assert bool(consent.scopes_held(resident=resident, channel=Channel.EMAIL)) is is_told
    assert community.members.exists() is is_told


def test_who_asked_to_hear_no_more_of_anything_is_left_alone_by_any_later_file() -> None:
    community = CommunityFactory()
    resident = ResidentFactory(email="ada@example.org")
    ConsentEventFactory(resident=resident, scope=consent.TOWN)
    consent.withdraw_everything(resident=resident, channel=Channel.EMAIL, origin=Origin.MAIL, now=NOW)

    apply(receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM, community=community))
    apply(receive("Nom;E-mail\nAda;ada@example.org", community=community))

    assert consent.scopes_held(resident=resident, channel=Channel.EMAIL) == set()
    assert not Delivery.objects.exists()


def test_without_a_stated_consent_each_address_gets_one_letter_that_asks_and_nothing_else() -> None:
    community = CommunityFactory(name="Les bancs de la cité")

    applied = apply(receive("Nom;E-mail;Téléphone\nAda;ada@example.org;\nBasile;;0199000102", community=community))

    mailing, delivery, sign_up = Mailing.objects.get(), Delivery.objects.get(), SignUp.objects.get()
    assert (mailing.kind, mailing.key) == ("confirm-sign-up", letters.key_of(applied))
    assert (delivery.resident.email, delivery.priority) == ("ada@example.org", Priority.BULK)
    assert list(sign_up.communities.all()) == [community]
    assert not ConsentEvent.objects.exists()
    assert not Membership.objects.exists()
    assert (applied.report["asked"], applied.report["without_email"]) == (1, 1)
    kind = letter_kinds["confirm-sign-up"]
    values = kind.personal(mailing=mailing, deliveries=[delivery])[delivery.pk]
    text = kind.compose(mailing=mailing, language="en").filled(values).text
    assert "Les bancs de la cité" in text
    assert "the only letter you get from that list" in text


def test_nobody_is_asked_who_said_yes_or_no_or_was_asked_before() -> None:
    ResidentFactory(email="yes@example.org", allows=[consent.TOWN])
    ConsentEventFactory(resident=ResidentFactory(email="no@example.org"), granted=False)
    SignUpFactory(resident=ResidentFactory(email="asked@example.org"))

    applied = apply(receive("Nom;E-mail\nA;yes@example.org\nB;no@example.org\nC;asked@example.org\nD;new@example.org"))

    assert Delivery.objects.get().resident.email == "new@example.org"
    assert applied.report["left_alone"] == 3


def test_applying_twice_does_no_more() -> None:
    received = receive("Nom;E-mail\nAda;ada@example.org")

    first = apply(received)
    second = importing.apply(resident_import=received, now=NOW + timedelta(minutes=1))

    assert first.applied_at == second.applied_at == NOW
    assert Resident.objects.count() == Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_apply_once() -> None:
    received = receive("\n".join(["Nom;E-mail", *(f"Ada {number};ada-{number}@example.org" for number in range(300))]))

    def click() -> None:
        apply(received)
        connection.close()

    clicks = [threading.Thread(target=click) for _click in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert Resident.objects.count() == SignUp.objects.count() == Delivery.objects.count() == 300
    assert Mailing.objects.count() == 1


def test_an_import_that_breaks_halfway_leaves_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    received = receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM)

    def broken(**facts: Any) -> None:
        raise IntegrityError("something failed after the residents were written")

    monkeypatch.setattr("communities.imports.asking.take_their_word", broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        apply(received)

    assert not Resident.objects.exists()
    received.refresh_from_db()
    assert not received.is_applied


def test_what_changed_since_the_report_counts() -> None:
    received = receive("Nom;E-mail\nAda;ada@example.org", stated=FORUM)
    resident = ResidentFactory(name="Ada", email="ada@example.org")

    applied = apply(received)

    assert Resident.objects.get() == resident
    assert applied.report["counts"] == {Verdict.KNOWN: 1}


def test_once_applied_the_file_is_forgotten_and_the_reasons_stay() -> None:
    applied = apply(receive("Nom;E-mail\nAda;ada@example.org\nBasile;nowhere"))

    applied.refresh_from_db()
    assert applied.rows == []
    assert applied.report["lines"] == [[3, "refused", "“nowhere” is not an e-mail address.", ""]]


def test_a_dropped_file_is_forgotten_and_an_applied_one_stays() -> None:
    dropped, applied = receive("Nom;E-mail\nAda;ada@example.org"), apply(receive("Nom;E-mail\nBea;bea@example.org"))

    importing.drop(resident_import=dropped)
    importing.drop(resident_import=applied)

    assert list(ResidentImport.objects.all()) == [applied]


def test_a_consent_half_stated_is_refused_by_the_database() -> None:
    with (
        pytest.raises(IntegrityError, match="a_stated_consent_says_where_when_and_by_which_proof"),
        transaction.atomic(),
    ):
        ResidentImport.objects.create(file_name="x", consent_origin="Forum", uploaded_at=NOW)


@pytest.mark.parametrize("stated", [FORUM, None])
def test_a_bigger_file_costs_no_more_queries(stated: StatedConsent | None, django_assert_max_num_queries: Any) -> None:
    community = CommunityFactory()

    def file(start: int, lines: int) -> str:
        people = (f"Ada {number};ada-{number}@example.org" for number in range(start, start + lines))
        return "\n".join(["Nom;E-mail", *people])

    with django_assert_max_num_queries(40) as small:
        apply(receive(file(0, 10), stated=stated, community=community))
    with django_assert_max_num_queries(len(small.captured_queries)):
        apply(receive(file(1_000, 1_000), stated=stated, community=community))
