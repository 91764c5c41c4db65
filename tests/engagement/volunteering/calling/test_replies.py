"""Answers to coordinators' letters, by mail and on a page: they arrive, and no address with them."""

import datetime as dt
import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.models import Delivery, InboundState, Membership, Resident, Role
from engagement.models import Reply
from engagement.volunteering.calling import own_words, replies
from tests import mails
from tests.communities.factories import ResidentFactory
from tests.engagement.factories_of_work_days import VolunteerFactory
from tests.engagement.volunteering.calling import a_work_day
from tests.meetings.inbound.answering import arrive

pytestmark = pytest.mark.django_db

EMAIL, PHONE, STREET = "ada.terril@example.net", "06 39 98 12 34", "12 rue des Exemples"
COORDINATORS = {"email": "nora@example.net", "phone": "06 39 98 56 78", "street": "3 allée du Chevalet"}


@pytest.fixture(autouse=True)
def _a_mailbox_is_read(settings):
    settings.INBOUND_DOMAIN = mails.DOMAIN


@pytest.fixture
def work_day():
    return a_work_day.of()


@pytest.fixture
def coordinator(work_day):
    return a_work_day.coordinator(work_day, name="Nora Chevalet", **COORDINATORS)


@pytest.fixture
def ada():
    return ResidentFactory(
        name="Ada Terril", email=EMAIL, phone=PHONE, street=STREET, postcode="62000", city="Exempleville"
    )


@pytest.fixture
def letter(work_day, coordinator, ada):
    """What Ada, who comes, got of Nora."""
    VolunteerFactory(work_day=work_day, resident=ada)
    return a_work_day.to(a_work_day.write(work_day, coordinator, now=timezone.now()), ada)


def address(delivery):
    return replies.address_of(replies.token_of(delivery.pk))


def answer(delivery, text, *, sender=EMAIL, at=None, **more):
    return arrive(mails.words(text, to=address(delivery), sender=sender, **more), at=at)


def passed_on():
    return (
        Delivery.objects.select_related("mailing", "resident").filter(mailing__kind=replies.LETTER_KIND).order_by("pk")
    )


# --- By mail ---------------------------------------------------------------------------------------------------------


def test_each_letter_has_an_address_of_its_own_to_answer(letter):
    assert a_work_day.as_read(letter).from_address == address(letter)


def test_an_answer_reaches_who_wrote_under_the_name_they_know(letter, coordinator):
    message = answer(letter, "Je viens avec mon fils.")

    arrived = passed_on().get()
    assert message.state == InboundState.FORWARDED
    assert arrived.resident == coordinator
    said = a_work_day.as_read(arrived)
    assert "Ada Terril vous répond" in said.subject
    assert "Je viens avec mon fils." in said.text


def test_somebody_who_does_not_come_is_a_first_name_and_an_initial(work_day, coordinator):
    member = a_work_day.member(work_day, name="Félix Gaillette")
    call = a_work_day.call(work_day, coordinator, now=timezone.now())

    answer(a_work_day.to(call, member), "Pas ce samedi.", sender=member.email)

    assert Reply.objects.get().shown_as == "Félix G."


def test_the_coordinators_answer_goes_back_the_same_way(letter, coordinator, ada):
    answer(letter, "À quelle heure ?")

    answer(passed_on().get(), "À neuf heures.", sender=coordinator.email, headers={"Message-ID": "<2@example.net>"})

    back = passed_on().last()
    assert back.resident == ada
    assert "Nora C. vous répond" in a_work_day.as_read(back).subject


def test_what_is_quoted_and_attached_stays_behind_and_that_is_said(letter):
    raw = EmailMessage()
    raw["From"], raw["To"], raw["Message-ID"] = f"Ada <{EMAIL}>", address(letter), "<3@example.net>"
    raw.set_content(f"D'accord.\n\nLe lun. 2 nov. 2026 à 10:12, Nora <{address(letter)}> a\nécrit :\n> Le repas\n")
    raw.add_attachment(b"x", "image", "jpeg", filename=f"{EMAIL}.jpg")

    arrive(mails.written(raw))

    said = a_work_day.as_read(passed_on().get())
    assert "D’accord." in said.text
    assert "Le repas" not in said.text
    assert "Un fichier accompagnait ce message" in said.text


@pytest.mark.parametrize(
    "headers", [{"Auto-Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"X-Autoreply": "yes"}]
)
def test_a_machines_answer_goes_nowhere(letter, headers):
    assert answer(letter, "Je suis absente.", headers=headers).state == InboundState.NOTHING
    assert not passed_on().exists()


def test_a_forged_answer_waits_for_a_person(letter, settings):
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"
    headers = {"Authentication-Results": "mx.example.org; dmarc=fail header.from=example.net"}

    assert answer(letter, "Venez tous.", headers=headers).state == InboundState.HELD
    assert not passed_on().exists()


@pytest.mark.parametrize("token", ["", "a" * 24, "zz", "0" * 24])
def test_an_address_that_was_never_given_is_nobodys(letter, token):
    message = arrive(mails.words("Bonjour", to=f"equipe+{token or 'x'}@{mails.DOMAIN}"))

    assert message.state == InboundState.QUARANTINED


def test_an_empty_answer_is_nothing(letter):
    assert answer(letter, " \n").state == InboundState.NOTHING


def test_a_flood_from_one_writer_is_held(letter):
    now = timezone.now()
    for number in range(replies.MOST_A_DAY + 1):
        last = answer(letter, f"Et encore {number}.", headers={"Message-ID": f"<{number}@example.net>"}, at=now)

    assert last.state == InboundState.HELD
    assert Reply.objects.count() == replies.MOST_A_DAY


def test_a_month_after_the_day_answers_go_to_the_town_hall(letter, work_day):
    later = work_day.meeting.ends_at + dt.timedelta(days=31)

    answer(letter, "Au fait…", at=later)

    assert not passed_on().exists()
    assert Delivery.objects.get(mailing__kind="forwarded").test_address == "mairie@example.org"


def test_who_no_longer_coordinates_gets_no_answers(letter, work_day, coordinator):
    other = a_work_day.coordinator(work_day, name="Basile Coron")
    Membership.objects.filter(resident=coordinator).update(role=Role.MEMBER)

    answer(letter, "Je viens.")

    assert passed_on().get().resident == other


def test_where_nobody_runs_the_day_any_more_the_town_hall_reads_it(letter, coordinator):
    Membership.objects.filter(resident=coordinator).delete()

    answer(letter, "Je viens.")

    assert passed_on().get().test_address == "mairie@example.org"


def test_an_erased_person_answers_nothing_any_more(letter, ada):
    Resident.objects.filter(pk=ada.pk).update(erased_at=timezone.now())

    assert answer(letter, "Je viens.").state == InboundState.QUARANTINED


# --- Nothing of the other --------------------------------------------------------------------------------------------

SIGNATURES = [
    "",
    f"\n-- \nAda Terril\n{PHONE}\n{STREET}\n62000 Exempleville\n{EMAIL}",
    f"\n\nAda Terril\nTél. : {PHONE}\n{STREET}, 62000 Exempleville",
    f"\n\nAda\n{PHONE.replace(' ', '.')}\n{EMAIL.upper()}",
    f"\n\n{PHONE}",
    f"\n\nCordialement,\nAda TERRIL - {PHONE}",
    f"\n\nOn Mon, Nov 2, 2026 at 10:12 AM Nora wrote:\n> {EMAIL} {PHONE} {STREET}",
    f"\n\n> {PHONE}\n> {STREET}\nMerci !",
    f"\n\nDe : Ada <{EMAIL}>\nObjet : {PHONE}",
]
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=200)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS, signature=st.sampled_from(SIGNATURES))
def test_no_byte_of_what_arrives_holds_the_writers_address_number_or_street(letter, ada, words, signature):
    kept = own_words.of_mail(f"Je viens samedi.\n{words}{signature}", writer=ada)

    reply = Reply(work_day=replies.find(token=replies.token_of(letter.pk)).work_day, to=letter, shown_as="Ada T.")
    reply.words, reply.key, reply.written_at = kept, uuid.uuid4(), timezone.now()
    reply.save()
    replies.post(reply, replies.find(token=replies.token_of(letter.pk)).to, now=timezone.now())
    arrived = passed_on().last()
    whole = readable(a_work_day.bytes_of(arrived, now=timezone.now()))

    for secret in (EMAIL, PHONE, PHONE.replace(" ", "."), PHONE.replace(" ", ""), STREET):
        assert secret.lower() not in whole


def readable(raw):
    """Every header and every part, decoded."""
    message = message_from_bytes(raw, policy=policy.default)
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    return "\n".join([str(message), *(f"{name}: {value}" for name, value in message.items()), *map(str, parts)]).lower()


def test_nor_does_what_goes_back_hold_anything_of_the_coordinator(letter, coordinator):
    answer(letter, "À quelle heure ?")
    signed = (
        f"À neuf heures.\n\nNora Chevalet\n{COORDINATORS['phone']}\n{COORDINATORS['street']}\n{COORDINATORS['email']}"
    )
    answer(passed_on().get(), signed, sender=coordinator.email, headers={"Message-ID": "<2@example.net>"})

    for delivery in [letter, passed_on().last()]:
        whole = readable(a_work_day.bytes_of(delivery, now=timezone.now()))
        for secret in COORDINATORS.values():
            assert secret.lower() not in whole


def test_a_number_that_is_typed_in_a_sentence_is_its_writers_choice(letter):
    answer(letter, f"Appelez-moi samedi matin au {PHONE} si besoin.")

    assert PHONE in Reply.objects.get().words


def test_a_token_of_the_letter_that_is_pasted_does_not_go_along(letter):
    token = replies.token_of(letter.pk)

    answer(letter, f"Voici https://commune.example/chantiers/repondre/{token}/ et equipe+{token}@{mails.DOMAIN}")

    assert token not in Reply.objects.get().words


# --- Afterwards ------------------------------------------------------------------------------------------------------


def test_a_month_after_the_day_the_words_are_let_go(letter, work_day):
    answer(letter, "Je viens.")

    replies.let_go(now=work_day.meeting.ends_at + dt.timedelta(days=29))
    assert Reply.objects.get().words == "Je viens."
    replies.let_go(now=work_day.meeting.ends_at + dt.timedelta(days=31))
    assert (Reply.objects.get().words, Reply.objects.get().shown_as) == ("", "")
