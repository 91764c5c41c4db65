"""The town hall's letters on paper: printed from the page of their mailing, in batches that nobody waits for."""

import io

import pypdf
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from communities.models import Delivery, Mailing
from communities.post import batches
from tests.communities.factories import ResidentFactory, WrittenLetterFactory, a_mailbox
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_streets(client: Client, monkeypatch: pytest.MonkeyPatch) -> Mailing:
    """A letter to three doors, where two letters are a batch."""
    monkeypatch.setattr(batches, "MOST_IN_A_BATCH", 2)
    a_mailbox()
    for number in range(1, 4):
        ResidentFactory(by_post=True, street=f"{number} rue Haute")
    client.force_login(StaffFactory(participation=True))
    client.post(reverse("letters:send", args=[WrittenLetterFactory().pk]), {"expecting": 3})
    mailing: Mailing = Mailing.objects.get()
    return mailing


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def on_paper(client: Client, mailing: Mailing, **asked: object) -> HttpResponse:
    return client.post(reverse("mailings:paper", args=[mailing.pk]), asked, follow=True)


def pages(answer: HttpResponse) -> int:
    return len(pypdf.PdfReader(io.BytesIO(answer.content)).pages)


def test_more_letters_than_a_batch_holds_are_printed_one_batch_after_the_other(
    client: Client, three_streets: Mailing
) -> None:
    assert "Prepare the letters of 3 people" in words(client.get(reverse("mailings:inspect", args=[three_streets.pk])))

    shown = words(on_paper(client, three_streets))
    second, first = batches.of(deliveries=Delivery.objects.all())

    assert "print one batch after the other" in shown
    assert "Print batch 1: 2 letters" in shown
    assert "Print batch 2: 1 letter" in shown
    assert "Prepare the letter" not in shown
    assert pages(on_paper(client, three_streets, batch=first.stamp)) == 2
    assert pages(on_paper(client, three_streets, batch=second.stamp)) == 1


def test_once_what_is_left_fits_in_a_batch_it_is_printed_at_once(client: Client, three_streets: Mailing) -> None:
    on_paper(client, three_streets)
    _second, first = batches.of(deliveries=Delivery.objects.all())
    again = Delivery.objects.filter(printed_at=first.printed_at)
    batches.posted(deliveries=again, printed_at=first.printed_at, by=StaffFactory(), now=first.printed_at)

    shown = words(client.get(reverse("mailings:inspect", args=[three_streets.pk])))

    assert "Print the letters to post" in shown, "what is left fits in one batch"
    assert pages(on_paper(client, three_streets)) == 1


def test_a_whole_batch_is_said_to_be_in_the_post_from_there(client: Client, three_streets: Mailing) -> None:
    on_paper(client, three_streets)
    second, first = batches.of(deliveries=Delivery.objects.all())
    posted = reverse("mailings:posted", args=[three_streets.pk])

    before = words(client.get(reverse("mailings:inspect", args=[three_streets.pk])))
    shown = words(client.post(posted, {"batch": first.stamp}, follow=True))

    assert "The letters of 2 people are in the post" in before
    assert "The letters of 2 people are marked as posted." in shown
    assert "The letters of 2 people are in the post" not in shown
    assert "The letter of 1 person is in the post" in shown
    assert set(Delivery.objects.filter(state="sent").values_list("printed_at", flat=True)) == {first.printed_at}
    assert Delivery.objects.get(state="pending").printed_at == second.printed_at
    assert "may be posted any more" in words(client.post(posted, {"batch": first.stamp}, follow=True))


def test_nothing_is_in_the_post_without_saying_which_batch(client: Client, three_streets: Mailing) -> None:
    on_paper(client, three_streets)
    posted = reverse("mailings:posted", args=[three_streets.pk])

    assert [client.post(posted, said).status_code for said in ({}, {"batch": "x"})] == [302, 404]
    assert client.get(posted).status_code == 405
    assert not Delivery.objects.filter(state="sent").exists()


@pytest.mark.parametrize("stamp", ["x", "9" * 30, "-1"])
def test_a_batch_that_is_none_prints_nothing(client: Client, three_streets: Mailing, stamp: str) -> None:
    answer = on_paper(client, three_streets, batch=stamp)

    assert answer.status_code == 404 or "There is no letter to print." in words(answer)
    assert not Delivery.objects.exclude(printed_at=None).exists()


def test_the_letters_to_post_are_printed_for_whoever_may_see_addresses(client: Client) -> None:
    a_mailbox()
    ResidentFactory(by_post=True)
    client.force_login(StaffFactory(participation=True))
    client.post(reverse("letters:send", args=[WrittenLetterFactory().pk]), {"expecting": 1})
    mailing = Mailing.objects.get()

    printed = client.post(reverse("mailings:paper", args=[mailing.pk]))

    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    letter = Delivery.objects.get()
    assert letter.is_pending
    assert letter.printed_at is not None
    assert "Print the letters to post" in words(client.get(reverse("mailings:inspect", args=[mailing.pk])))


def test_printing_again_prints_the_same_letters_and_keeps_the_day_of_the_first_time(client: Client) -> None:
    a_mailbox()
    ResidentFactory(by_post=True)
    client.force_login(StaffFactory(participation=True))
    client.post(reverse("letters:send", args=[WrittenLetterFactory().pk]), {"expecting": 1})
    paper = reverse("mailings:paper", args=[Mailing.objects.get().pk])

    client.post(paper)
    first = Delivery.objects.get().printed_at
    again = client.post(paper)

    assert again.content.startswith(b"%PDF")
    assert Delivery.objects.get().printed_at == first
    assert client.get(paper).status_code == 405
