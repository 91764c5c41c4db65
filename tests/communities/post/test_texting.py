"""Text messages: off until there is a gateway, then by the same post, to those who agreed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from pytest_django import Settings

from communities import consent, wordings
from communities.models import Channel, Delivery, DeliveryState, Mailing, Origin, Purpose, Resident
from communities.post import claiming, delivery, mailings, texting
from communities.post.kinds import letter_kinds
from tests.communities.factories import ResidentFactory
from tests.communities.post import relays
from tests.communities.post.conftest import Postcard
from tests.communities.post.factories import NOW, DeliveryFactory

pytestmark = pytest.mark.django_db


class Pressing(Postcard):
    """A postcard short enough for a telephone."""

    is_texted = True
    is_unasked = False

    def short_text(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, str]:
        return {each.pk: f"Réunion demain, {each.resident}" for each in deliveries}


@pytest.fixture(autouse=True)
def _pressing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(letter_kinds._things, "pressing", Pressing())


@pytest.fixture
def gateway(settings: Settings) -> None:
    settings.SMS_GATEWAY = "{number}@sms.example"


def mobile(*, agrees: bool = True, phone: str = "06 39 98 12 34") -> Resident:
    resident = ResidentFactory(name="Inès Briquette", without_email=True, phone=phone)
    if agrees:
        consent.grant(
            resident=resident,
            scopes=[consent.TOWN],
            channel=Channel.SMS,
            wording=wordings.TEXTED,
            origin=Origin.STAFF,
            now=NOW,
        )
    return resident


def post(resident: Resident, *, kind: str = "pressing", channel: Channel = Channel.PHONE) -> Delivery:
    addressees = [mailings.Addressee(resident.pk, channel)]
    return mailings.post(kind=kind, key="", title="Demain", addressees=addressees, now=NOW).deliveries.get()


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("06 39 98 12 34", "33639981234"),
        ("+33 7 39 98 12 34", "33739981234"),
        ("0033639981234", "33639981234"),
        ("01 99 00 12 34", ""),
        ("+32 470 12 34 56", ""),
        ("3949", ""),
        ("", ""),
    ],
)
def test_only_french_mobiles_are_texted(phone: str, number: str):
    assert texting.number_of(phone) == number


@pytest.mark.usefixtures("gateway")
@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.LETTER])
def test_what_presses_is_texted_instead_of_called_or_posted(channel: Channel):
    assert post(mobile(), channel=channel).channel == Channel.SMS


@pytest.mark.usefixtures("gateway", "postcard")
def test_what_can_wait_is_not_texted():
    assert post(mobile(), kind="postcard").channel == Channel.PHONE


@pytest.mark.usefixtures("gateway")
def test_e_mail_stays_e_mail():
    assert post(mobile(), channel=Channel.EMAIL).channel == Channel.EMAIL


@pytest.mark.usefixtures("gateway")
def test_whoever_did_not_agree_or_has_a_landline_is_called():
    assert post(mobile(agrees=False)).channel == Channel.PHONE
    assert post(mobile(phone="01 99 00 12 34")).channel == Channel.PHONE


def test_without_a_gateway_nothing_is_texted():
    assert post(mobile()).channel == Channel.PHONE
    assert claiming.carried() == [Channel.EMAIL]
    assert Channel.SMS not in dict(Channel.shown())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("gateway")
def test_a_text_message_leaves_as_a_plain_e_mail_to_the_gateway(cranky: relays.Relay, shift: delivery.Shift):
    message = post(mobile())

    assert delivery.carry(now=NOW, shift=shift) == 1

    ((_sender, recipient, data),) = cranky.letters
    read = message_from_bytes(data, policy=policy.default)
    assert recipient == "33639981234@sms.example"
    assert read.get_content_type() == "text/plain"
    assert read.get_content().strip() == "Réunion demain, Inès Briquette"
    message.refresh_from_db()
    assert (message.state, message.message_id) == (DeliveryState.SENT, read["Message-ID"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("gateway")
def test_whoever_said_stop_meanwhile_gets_none(cranky: relays.Relay, shift: delivery.Shift):
    resident = mobile()
    message = post(resident)
    consent.withdraw_everything(resident=resident, channel=Channel.SMS, origin=Origin.STAFF, now=NOW)

    delivery.carry(now=NOW, shift=shift)

    message.refresh_from_db()
    assert (message.state, cranky.letters) == (DeliveryState.SKIPPED, [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("gateway")
@pytest.mark.parametrize("is_owed", [False, True], ids=["to somebody", "to somebody who counts on it"])
def test_whoever_takes_a_break_since_gets_only_what_is_owed(
    cranky: relays.Relay, shift: delivery.Shift, monkeypatch: pytest.MonkeyPatch, is_owed: bool
):
    resident = mobile()
    kind = Pressing(purpose=Purpose.ANNOUNCEMENTS, asked_for={resident.pk} if is_owed else set())
    monkeypatch.setitem(letter_kinds._things, "pressing", kind)
    message = post(resident)
    Resident.objects.filter(pk=resident.pk).update(paused_until=NOW + timedelta(days=1))

    delivery.carry(now=NOW, shift=shift)

    message.refresh_from_db()
    assert message.state == (DeliveryState.SENT if is_owed else DeliveryState.SKIPPED)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("gateway")
def test_one_delivery_by_text_message_holds_no_e_mail_back(cranky: relays.Relay, shift: delivery.Shift, postcard):
    post(mobile())
    DeliveryFactory()

    while delivery.carry(now=NOW, shift=shift):
        pass

    assert len(cranky.letters) == 2


@pytest.mark.usefixtures("gateway")
def test_a_crowd_to_text_costs_one_query(django_assert_num_queries):
    addressees = [mailings.Addressee(mobile().pk, Channel.PHONE) for _number in range(10)]

    with django_assert_num_queries(1):
        chosen = mailings.rather_texted(addressees)

    assert {each.channel for each in chosen} == {Channel.SMS}
