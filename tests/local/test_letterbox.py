"""Does the catcher keep what it is sent, and does the reader show it?"""

import smtplib
import socket
from email.message import EmailMessage

import pytest
from django.urls import reverse


@pytest.fixture
def relay(letterbox):
    with smtplib.SMTP("127.0.0.1", letterbox.port) as relay:
        yield relay


def letter(subject="Réunion de quartier", **parts):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "mairie@example.org", "ada.terril@example.org", subject
    message.set_content(parts.get("text", "Venez : https://commune.example/r/abc/."))
    if "html" in parts:
        message.add_alternative(parts["html"], subtype="html")
    return message


def test_a_letter_is_kept_as_it_was_sent(letterbox, relay):
    relay.send_message(letter(text="Bonjour,\n.un point au début\n..deux\n.\nfin"))

    kept = letterbox.messages()[0]

    assert kept.get_content().splitlines() == ["Bonjour,", ".un point au début", "..deux", ".", "fin"]
    assert kept["Subject"] == "Réunion de quartier"
    assert len(letterbox.to("ada.terril@example.org")) == 1


def test_commands_may_come_without_waiting_for_answers(letterbox):
    conversation = (
        b"EHLO here\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n"
        b"Subject: one\r\n\r\none\r\n.\r\n"
        b"MAIL FROM:<a@example.org>\r\nRCPT TO:<c@example.org>\r\nDATA\r\nSubject: two\r\n\r\n\r\n.\r\nQUIT\r\n"
    )
    with socket.create_connection(("127.0.0.1", letterbox.port)) as connection:
        connection.sendall(conversation)
        said = b"".join(iter(lambda: connection.recv(4096), b""))

    assert b"PIPELINING" in said
    assert said.count(b"250 OK") == 6
    assert [message["Subject"] for message in letterbox.messages()] == ["one", "two"]


def test_an_address_can_be_refused(letterbox, relay):
    letterbox.refuses["ada.terril@example.org"] = "550 5.1.1 unknown"

    with pytest.raises(smtplib.SMTPRecipientsRefused):
        relay.send_message(letter())

    assert letterbox.raw() == []


@pytest.mark.django_db
def test_kept_letters_are_listed_the_last_first(client, letterbox, relay, settings):
    settings.CAUGHT_LETTERS = letterbox.folder
    relay.send_message(letter("La première"))
    relay.send_message(letter("La seconde"))

    page = client.get(reverse("local:letter_list")).content.decode()

    assert 0 < page.index("La seconde") < page.index("La première")


@pytest.mark.django_db
def test_a_letter_shows_its_text_its_links_and_its_page_in_a_sandbox(client, letterbox, relay, settings):
    settings.CAUGHT_LETTERS = letterbox.folder
    relay.send_message(letter(html="<p>Venez <script>alert(1)</script></p>"))
    name = next((letterbox.folder / "new").iterdir()).name

    response = client.get(reverse("local:letter", args=[name]))
    shown = client.get(reverse("local:letter_html", args=[name]))

    assert 'href="https://commune.example/r/abc/"' in response.content.decode()
    assert 'sandbox="allow-popups' in response.content.decode()
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert "sandbox allow-popups" in shown["Content-Security-Policy"]
    assert "script-src" not in shown["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["..", "1.local", "%2e%2e%2fmanage.py"])
def test_a_letter_that_is_not_there_is_not_found(client, letterbox, settings, name):
    settings.CAUGHT_LETTERS = letterbox.folder

    assert client.get(f"/courrier/{name}/").status_code in {404, 400}


@pytest.mark.django_db
def test_an_empty_letterbox_says_what_will_be_there(client, letterbox, settings):
    settings.CAUGHT_LETTERS = letterbox.folder

    assert client.get(reverse("local:letter_list")).status_code == 200
