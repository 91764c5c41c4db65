"""What changed, on paper: what it is now and what it was; or, before anything else, that it does not take place."""

import io
from datetime import timedelta

import pypdf
import pytest
from django.utils import timezone, translation
from pytest_django import Settings

from communities import noting
from communities.models import Channel, Delivery, Resident, Town
from communities.post import rerouting, sheets
from communities.post.kinds import letter_kinds
from communities.post.paper import OnPaper
from meetings.by_hand import codes
from meetings.models import Invitation, MeetingPage, MeetingStatus
from meetings.updates import reconciling
from tests.communities.factories import ConsentEventFactory, ResidentFactory
from tests.meetings.factories import AnnouncementFactory, AnswerFactory, MeetingPageFactory, evening

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town() -> None:
    Town.objects.update_or_create(pk=1, defaults={"town_hall": "Mairie d’Exempleville", "phone": "0199001234"})


@pytest.fixture
def reader() -> Resident:
    """Someone whom the town hall writes to on paper."""
    return ResidentFactory(name="Inès Briquette", by_post=True, street="3 rue Haute")


@pytest.fixture
def meeting() -> MeetingPage:
    return MeetingPageFactory(title="Le grand rangement", starts_at=evening(in_days=20))


def comes(reader: Resident, meeting: MeetingPage) -> Invitation:
    AnnouncementFactory(meeting=meeting)
    return AnswerFactory(
        invitation__meeting=meeting, invitation__resident=reader, answered_at=timezone.now() - timedelta(days=1)
    ).invitation


def publish(meeting: MeetingPage, **changes: object) -> None:
    for name, value in changes.items():
        setattr(meeting, name, value)
    meeting.save()
    reconciling.reconcile(meeting=meeting, now=timezone.now(), at_once=True)


def move(meeting: MeetingPage) -> None:
    publish(meeting, starts_at=evening(in_days=27), ends_at=evening(in_days=27) + timedelta(hours=2))


def call_off(meeting: MeetingPage, status: MeetingStatus = MeetingStatus.CANCELLED) -> None:
    publish(meeting, status=status, status_reason="La salle est inondée.")


def read() -> OnPaper:
    letter = Delivery.objects.get()
    with translation.override("fr"):
        return letter_kinds[letter.mailing.kind].on_paper(mailing=letter.mailing, deliveries=[letter])[letter.pk]


def printed() -> str:
    pdf = sheets.letters(deliveries=Delivery.objects.all(), title="Courriers", printed_at=timezone.now())
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def day(in_days: int) -> str:
    return str(timezone.localtime(evening(in_days=in_days)).day)


def test_a_move_shows_the_new_date_large_and_the_old_one_below(reader: Resident, meeting: MeetingPage):
    comes(reader, meeting)

    move(meeting)

    sheet = read()
    when = dict(sheet.facts)["Quand\u00a0:"]
    assert day(27) in when
    assert any(day(20) in line and "auparavant" in line for line in sheet.after)
    assert sheet.banner == ""


def test_a_move_asks_again_with_the_code_of_the_answer_and_says_what_became_of_the_last(
    reader: Resident, meeting: MeetingPage
):
    invitation = comes(reader, meeting)

    move(meeting)

    assert read().slip.code == codes.code_of(invitation.pk)
    assert any("Vous aviez répondu" in line for line in read().after)
    assert codes.code_of(invitation.pk) in printed()


@pytest.mark.parametrize(
    ("status", "banner"), [(MeetingStatus.CANCELLED, "ANNULÉE"), (MeetingStatus.POSTPONED, "REPORTÉE")]
)
def test_what_is_called_off_says_so_larger_than_all_with_its_reason_and_no_slip(
    reader: Resident, meeting: MeetingPage, status: MeetingStatus, banner: str
):
    comes(reader, meeting)

    call_off(meeting, status)

    sheet = read()
    assert (sheet.banner, sheet.slip) == (banner, None)
    assert "La salle est inondée." in sheet.before
    assert day(20) in sheet.facts[0][1]
    assert banner in printed()
    assert "Pour répondre" not in printed()


@pytest.mark.parametrize("change", [move, call_off])
def test_a_change_that_came_back_is_told_once_on_paper(reader: Resident, meeting: MeetingPage, change):
    Resident.objects.filter(pk=reader.pk).update(email="ines@example.org", preferred_channel=Channel.EMAIL)
    reader.refresh_from_db()
    comes(reader, meeting)
    change(meeting)
    now = timezone.now()
    came_back = {"state": "sent", "ended_at": now, "bounced_at": now, "bounce_reason": "550 no such user"}
    Delivery.objects.update(**came_back)

    numbers = [rerouting.reroute(now=now), rerouting.reroute(now=now)]
    reconciling.tick(now=now)

    assert numbers == [1, 0]
    assert list(Delivery.objects.order_by("pk").values_list("channel", flat=True)) == [Channel.EMAIL, Channel.LETTER]


def test_a_cancellation_is_texted_to_whoever_agreed_by_the_date_they_know(meeting: MeetingPage, settings: Settings):
    settings.SMS_GATEWAY = "{number}@sms.example"
    reader = ResidentFactory(name="Basile Coron", without_email=True, phone="0639981234")
    noting.note_texts(resident=reader, agreed=True, proof="carnet", now=timezone.now())
    comes(reader, meeting)

    call_off(meeting)

    message = Delivery.objects.get()
    with translation.override("fr"):
        words = letter_kinds["cancellation"].short_text(mailing=message.mailing, deliveries=[message])[message.pk]
    assert message.channel == Channel.SMS
    assert "ANNUL" in words
    assert day(20) in words


def test_a_cancellation_that_came_back_is_texted_rather_than_posted(
    reader: Resident, meeting: MeetingPage, settings: Settings
):
    settings.SMS_GATEWAY = "{number}@sms.example"
    Resident.objects.filter(pk=reader.pk).update(
        email="ines@example.org", phone="0639981234", preferred_channel=Channel.EMAIL
    )
    reader.refresh_from_db()
    noting.note_texts(resident=reader, agreed=True, proof="carnet", now=timezone.now())
    comes(reader, meeting)
    call_off(meeting)
    now = timezone.now()
    Delivery.objects.update(state="sent", ended_at=now, bounced_at=now, bounce_reason="550 no such user")

    rerouting.reroute(now=now)

    assert list(Delivery.objects.order_by("pk").values_list("channel", flat=True)) == [Channel.EMAIL, Channel.SMS]


def test_whoever_comes_is_told_on_paper_of_a_change_although_they_refused_announcements(
    reader: Resident, meeting: MeetingPage
):
    Resident.objects.filter(pk=reader.pk).update(email="ines@example.org", preferred_channel=Channel.EMAIL)
    reader.refresh_from_db()
    comes(reader, meeting)
    ConsentEventFactory(resident=reader, channel=Channel.LETTER, granted=False)
    move(meeting)
    now = timezone.now()
    Delivery.objects.update(state="sent", ended_at=now, bounced_at=now, bounce_reason="550 no such user")

    assert rerouting.reroute(now=now) == 1
