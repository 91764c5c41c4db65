"""What does someone meet who is asked to sign on screen? The whole text, a code by letter, one button."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from communities.models import Delivery, Mailing
from communities.post.kinds import letter_kinds
from engagement.conventions import documents, freezing, on_screen
from engagement.examining import teaming
from engagement.models import Convention, Side, Signature
from tests.communities.factories import ResidentFactory
from tests.engagement.conventions.conventions import NOW, officer, proposed, read_token, sign, signed, supported

pytestmark = pytest.mark.django_db
HAND = {"name": "Ada Terril", "quality": "présidente", "agrees": "on"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW + dt.timedelta(minutes=5), tick=False) as clock:
        yield clock


@pytest.fixture
def asked():
    """A resident who carries the project, asked to sign."""
    holder, by = ResidentFactory(name="Ada Terril", email="ada@example.org"), officer()
    convention = proposed(by=by, project=supported(holder=holder))
    return on_screen.ask(
        convention=convention,
        side=Side.RESIDENTS,
        name=holder.name,
        email=holder.email,
        resident=holder,
        by=by,
        now=NOW,
    )


@pytest.fixture
def page(asked):
    return reverse("engagement:sign_convention", args=[on_screen.token_of(asked)])


def code_sent(asked) -> str:
    asked.refresh_from_db()
    return on_screen.code_of(asked, sent_at=asked.code_sent_at)


def test_the_whole_text_stands_above_the_signature(client: Client, page):
    words = client.get(page).content.decode()

    for shown in ("Objet", "Durée", "Le bois", "Construire", "Douze nichoirs"):
        assert shown in words
    assert words.index("Construire") < words.index("Envoyez-moi mon code")
    assert 'name="code"' not in words


def test_looking_at_the_page_sends_nothing_and_signs_nothing(client: Client, page, asked):
    before = Mailing.objects.count()

    client.get(page)
    client.head(page)

    assert Mailing.objects.count() == before
    assert not Signature.objects.exists()


def test_a_resident_asks_for_a_code_types_it_and_has_signed(client: Client, page, asked):
    assert client.post(page, {"send": "1"}).headers["Location"] == f"{page}#signer"
    assert 'name="code"' in client.get(page).content.decode()

    done = client.post(page, HAND | {"code": code_sent(asked)}, REMOTE_ADDR="192.0.2.9", follow=True)

    assert "C’est signé" in done.content.decode()
    signature = Signature.objects.get()
    assert (signature.name, signature.quality, signature.address) == ("Ada Terril", "présidente", "192.0.2.9")


def test_the_letter_brings_the_code_that_the_page_asks_for(client: Client, page, asked):
    client.post(page, {"send": "1"})
    code = code_sent(asked)
    mailing = Mailing.objects.get(kind="signature-code")

    letter = letter_kinds[mailing.kind].compose(mailing=mailing, language="fr")

    assert f"{code[:3]} {code[3:]}" in letter.text
    assert code in "".join(letter.subject.split())
    assert page in letter.text
    assert Delivery.objects.get(mailing=mailing).resident == asked.resident


def test_a_wrong_code_is_said_and_what_was_typed_stays(client: Client, page, asked):
    client.post(page, {"send": "1"})

    answer = client.post(page, HAND | {"code": "000000" if code_sent(asked) != "000000" else "000001"})

    words = answer.content.decode()
    assert answer.status_code == 409
    assert "pas le code" in words
    assert "présidente" in words
    assert not Signature.objects.exists()


def test_a_code_typed_too_late_is_said_to_be_over(client: Client, page, asked, clock):
    client.post(page, {"send": "1"})
    clock.shift(dt.timedelta(minutes=11))

    answer = client.post(page, HAND | {"code": code_sent(asked)})

    assert (answer.status_code, "ne marche plus" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("missing", ["name", "agrees", "code"])
def test_nobody_signs_without_a_name_a_code_or_having_read(client: Client, page, asked, missing):
    client.post(page, {"send": "1"})
    said = HAND | {"code": code_sent(asked)}

    answer = client.post(page, {name: value for name, value in said.items() if name != missing})

    assert answer.status_code == 422
    assert not Signature.objects.exists()


def test_a_replay_shows_that_it_is_signed(client: Client, page, asked):
    client.post(page, {"send": "1"})
    said = HAND | {"code": code_sent(asked)}
    client.post(page, said)

    again = client.post(page, said)

    assert "C’est signé" in again.content.decode()
    assert Signature.objects.count() == 1


def test_codes_are_not_asked_for_without_end(client: Client, page, asked):
    answers = [client.post(page, {"send": "1"}).status_code for _press in range(7)]

    assert answers == [302] * 5 + [429] * 2


@pytest.mark.parametrize(("start", "end"), [(0, -1), (1, 24), (0, 0)])
def test_a_broken_link_leads_nowhere(client: Client, asked, start, end):
    token = on_screen.token_of(asked)[start:end] or "a" * 24

    for address in (f"signer/{token}/", f"lire/{token}/", f"lire/{token}/texte.txt", f"lire/{token}/convention.pdf"):
        assert client.get(f"/conventions/{address}").status_code == 404
    assert client.post(f"/conventions/signer/{token}/", HAND | {"code": "123456"}).status_code == 404


def test_a_link_to_sign_does_not_open_the_private_page_nor_the_other_way_round(client: Client, asked):
    to_sign = on_screen.token_of(asked)
    sign(asked.convention, *Side, by=officer())
    to_read = read_token(asked.convention)

    assert client.get(f"/conventions/lire/{to_sign}/").status_code == 404
    assert client.get(f"/conventions/signer/{to_read}/").status_code == 404


def test_after_the_text_was_taken_back_there_is_nothing_to_sign(client: Client, page, asked):
    freezing.take_back(convention=asked.convention, by=officer())

    assert client.get(page).status_code == 404
    assert client.post(page, {"send": "1"}).status_code == 404


def test_after_a_hand_on_paper_the_page_says_that_it_is_signed_and_shows_what(client: Client, page, asked):
    sign(asked.convention, Side.RESIDENTS, by=officer())

    words = client.get(page).content.decode()

    assert "C’est signé" in words
    assert "Construire" in words


def test_whoever_left_the_team_since_reads_nothing_of_what_they_signed(client: Client, page, asked):
    sign(asked.convention, *Side, by=officer())

    teaming.let_go(mate=asked.convention.project.team.get(), by=officer())

    assert client.get(page).status_code == 404


def test_no_cookie_is_set_and_nothing_is_kept_by_a_browser(client: Client, page):
    answer = client.get(page)

    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'content="noindex"' in answer.content.decode()


# --- What both sides read ---------------------------------------------------------------------------------------


@pytest.fixture
def private(client: Client):
    convention = signed()
    return convention, f"/conventions/lire/{read_token(convention)}/"


def test_both_sides_read_the_whole_text_with_its_signatures(client: Client, private):
    convention, address = private

    words = client.get(address).content.decode()

    assert "Ada Terril" in words
    assert "sur papier le" in words
    assert convention.sha256 in words


def test_the_text_to_download_has_the_fingerprint_that_is_shown(client: Client, private):
    convention, address = private

    content = client.get(f"{address}texte.txt").content

    assert freezing.fingerprint_of(content.decode()) == convention.sha256


def test_the_pdf_is_for_whoever_holds_the_link(client: Client, private):
    _convention, address = private

    answer = client.get(f"{address}convention.pdf")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_is_printed_is_what_was_signed():
    convention = Convention.objects.get(pk=signed().pk)

    facts = documents.facts_of(convention)

    assert facts.sha256 == convention.sha256
    assert {signature.name for signature in facts.signatures} == {"Ada Terril"}
    assert [promise.what for promise in facts.promises] == ["Le bois", "Construire"]
    assert re.sub(r"\s", "", facts.code) == convention.code
