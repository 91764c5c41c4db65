"""What a message says, and that no message, however made, does more than be set apart."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.inbound import reading
from communities.inbound.mime import Hostile
from tests import mails

TO = "reunions+abc@agora.example.org"
ICS = mails.calendar(uid="reunion-1@example.org")


@pytest.mark.parametrize("client", sorted(mails.CLIENTS))
def test_each_programs_calendar_is_found_once(client: str) -> None:
    read = reading.read(mails.CLIENTS[client](to=TO, ics=ICS))

    assert len(read.calendars) == 1
    assert "SUMMARY:Réunion publique" in read.calendars[0]
    assert read.recipients == (TO,)
    assert (read.from_address, read.from_name) == (mails.RESIDENT, "Jeanne Martin")


def test_a_calendar_that_came_back_is_not_its_writers() -> None:
    returned = mails.gmail(to=mails.RESIDENT, ics=ICS).decode()

    read = reading.read(mails.bounce(to=TO, recipient=mails.RESIDENT, returned=returned))

    assert read.calendars == ()
    assert "Status: 5.1.1" in read.reports[0]
    assert read.is_report


def test_a_letter_forwarded_as_an_attachment_is_not_its_forwarders() -> None:
    inner = EmailMessage()
    inner.set_content("x")
    inner.add_attachment(ICS.encode(), "text", "calendar")
    outer = EmailMessage()
    outer["From"] = "paul@example.com"
    outer.set_content("Regardez")
    outer.add_attachment(inner)

    read = reading.read(outer.as_bytes())

    assert (read.calendars, read.text.strip()) == ((), "Regardez")


def test_calendar_lines_that_a_relay_pushed_among_the_headers_are_found() -> None:
    raw = b"From: x@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + ICS.encode()

    assert "METHOD:REPLY" in reading.read(raw + b"\r\n--b--\r\n").calendars[0]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"Return-Path": "<>"},
        {"List-Id": "<voisins.example.org>"},
        {"X-Autoreply": "yes"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_what_a_machine_wrote_is_known_by_its_headers(headers: dict[str, str]) -> None:
    assert reading.read(mails.words("Je suis absente.", to=TO, headers=headers)).is_automatic


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@mx.example.net", "postmaster@example.net", "no-reply@example.net"])
def test_what_a_machine_wrote_is_known_by_its_address(sender: str) -> None:
    assert reading.read(mails.words("Undelivered", to=TO, sender=sender)).is_automatic


def test_a_person_is_not_a_machine() -> None:
    assert not reading.read(mails.words("oui", to=TO, headers={"Auto-Submitted": "no"})).is_automatic


@pytest.mark.parametrize(
    ("charset", "written"),
    [
        ("utf-8", "déjà".encode()),
        ("iso-8859-1", "déjà".encode("latin-1")),
        ("windows-1252", "déjà".encode("cp1252")),
        ("utf-8", "déjà".encode("latin-1")),
        ("no-such-charset", "déjà".encode()),
        ("punycode", "déjà".encode()),
        ("zip", "déjà".encode()),
    ],
)
def test_a_text_is_read_whatever_charset_it_says(charset: str, written: bytes) -> None:
    raw = f"From: x@example.org\r\nContent-Type: text/plain; charset={charset}\r\n\r\n".encode() + written

    assert reading.read(raw).text == "déjà"


@pytest.mark.parametrize("charset", ["utf-8", "latin-1", "cp1252"])
def test_a_header_that_nobody_encoded_is_read_all_the_same(charset: str) -> None:
    raw = 'From: Hélène <x@example.org>\r\nSubject: Réponse automatique : "été"\r\n\r\nx'.encode(charset)

    read = reading.read(raw)

    assert (read.subject, read.from_name) == ('Réponse automatique : "été"', "Hélène")


def test_a_header_in_many_bytes_that_mean_nothing_is_read_too() -> None:
    raw = b"From: x@example.org\r\nSubject: " + b"\x81\xff" * 100_000 + b"\r\n\r\nx"

    assert len(reading.read(raw).subject) <= 255


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("x@example.org (jeanne@example.net)", "x@example.org"),
        ("x@example.org (a (jeanne@example.net) b@example.net)", "x@example.org"),
        ("<x@example.org> =?utf-8?q?=3Cjeanne=40example=2Enet=3E?=", "x@example.org"),
        ("<x@example.org> =?utf-8?q?jeanne@example.net?=", "x@example.org"),
        ('"<jeanne@example.net>" <x@example.org>', "x@example.org"),
        ("jeanne@example.net <x@example.org>", "x@example.org"),
        ("x@example.org", "x@example.org"),
        ('"jeanne@example.net <X@example.org>', "x@example.org"),
        ("x@example.org, jeanne@example.net", ""),
        ("<x@example.org> <jeanne@example.net>", ""),
        ("x@example.org\r\nFrom: jeanne@example.net", ""),
    ],
)
def test_its_writer_is_the_one_whom_a_mail_server_proves(written: str, address: str) -> None:
    """A server looks at one address (RFC 7489 §6.6.1): whatever else the header says proves nothing."""
    assert reading.read(f"From: {written}\r\n\r\nOui".encode()).from_address == address


def test_a_word_that_was_badly_encoded_leaves_the_rest_to_be_read() -> None:
    raw = b"From: x@example.org\r\nSubject: =?utf-8?b?UsOpc?= =?utf-8?q?oui?=\r\n\r\nOui"

    read = reading.read(raw)

    assert (read.from_address, read.text) == ("x@example.org", "Oui")
    assert "oui" in read.subject


def test_a_name_of_a_file_that_nobody_encoded_is_read() -> None:
    headers = 'From: x@example.org\r\nContent-Disposition: attachment; filename="déjà vu.pdf"\r\n\r\nx'

    assert reading.read(headers.encode()).attachments == ("déjà vu.pdf",)


def test_a_page_is_read_for_want_of_plain_words() -> None:
    raw = b"From: x@example.org\r\nContent-Type: text/html\r\n\r\n<style>p{}</style><p>Oui&nbsp;!</p><p>Merci</p>"

    assert reading.read(raw).text.split() == ["Oui", "!", "Merci"]


def test_nothing_is_left_that_a_table_cannot_hold() -> None:
    raw = b"From: x@example.org\r\nSubject: a\x00b\xff\xed\xa0\x80\r\n\r\nc\x00d"

    read = reading.read(raw)

    read.subject.encode()
    assert "\x00" not in read.subject + read.text
    assert read.text == "cd"


HOSTILE = {
    "nested": lambda: mails.nested(200),
    "nested ten thousand times": lambda: mails.nested(10_000),
    "crowded": lambda: mails.crowded(100_000),
    "endless headers": lambda: b"X-A: b\r\n" * 400_000,
    "one endless header": lambda: b"Subject: " + b"a" * 3_000_000 + b"\r\n\r\nx",
    "one header folded for ever": lambda: b"Subject: x" + b"\r\n a" * 500_000 + b"\r\n\r\nx",
    "base64 without end": lambda: mails.bomb(8_000_000),
    "too large": lambda: b"From: x@example.org\r\n\r\n" + b"a" * (reading.LARGEST + 1),
    "a boundary everywhere": lambda: b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b--b--b" * 1_000_000,
    "parameters without end": lambda: b"Content-Type: text/plain" + b";" * 200_000 + b"\r\n\r\nx",
    "parameters in a quote that never ends": lambda: (
        b'Content-Disposition: attachment; filename="' + b";" * 200_000 + b"\r\n\r\nx"
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_message_is_refused_within_a_second(name: str) -> None:
    raw = HOSTILE[name]()
    started = time.process_time()

    with pytest.raises(Hostile):
        reading.read(raw)

    assert time.process_time() - started < 1


HARMLESS = {
    "nothing": b"",
    "a line": b"\r\n",
    "nulls": b"\x00" * 100_000,
    "no boundary": b"Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nx",
    "an unknown boundary": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--c\r\n\r\nx",
    "a boundary in quotes that never end": b'Content-Type: multipart/mixed; boundary="b\r\n\r\n--b\r\n\r\nx',
    "many parentheses": b"From: " + b"(" * 5_000 + b"\r\n\r\nx",
    "many quotes": b"Content-Type: text/plain; a=" + b'"' * 4_000 + b"\r\n\r\nx",
    "many ats": b"To: " + b"a@" * 4_000 + b"\r\n\r\nx",
    "bad encoded words": b"Subject: =?utf-8?b?%%%?= =?zip?q?=FF?= =?utf-8?x?a?=\r\n\r\nx",
    "bad base64": b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%=a=b",
    "continued names": b"Content-Type: application/x; name*99999999999=a; name*1*=utf-8''b\r\n\r\nx",
    "an archive": b"Content-Type: application/zip; name=a.zip\r\n\r\nPK\x03\x04" + b"\x00" * 1_000,
    "very many addresses": b"To: " + b"a@example.org, " * 500 + b"\r\n\r\nx",
    "tags that never close": b"Content-Type: text/html\r\n\r\n" + b"<" * 120_000,
    "styles that never close": b"Content-Type: text/html\r\n\r\n" + b"<style" * 20_000,
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_strange_message_is_read_within_a_second(name: str) -> None:
    started = time.process_time()

    read = reading.read(HARMLESS[name])

    assert time.process_time() - started < 1
    assert read.calendars == () or read.calendars


def never_fails(raw: bytes) -> None:
    """The one exception it may raise is the one its caller expects."""
    try:
        read = reading.read(raw)
    except Hostile:
        return
    f"{read}".encode()


@given(st.binary(max_size=4_000))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    never_fails(raw)


HEADERS = st.sampled_from(
    [
        *(b"Content-Type: multipart/mixed; boundary=b", b"Content-Type: multipart/report; boundary=b"),
        *(b"Content-Type: text/calendar; method=REPLY", b"Content-Type: message/rfc822", b"Content-Type: text/plain"),
        *(b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable"),
        *(b"From: =?utf-8?b?w6k=?= <a@b.c>", b"To: <>", b"Subject: =?utf-8?q?=FF?=", b'Content-Type: ;;;=""'),
    ]
)
PIECES = st.one_of(HEADERS, st.sampled_from([b"", b"--b", b"--b--", ICS.encode()]), st.binary(max_size=40))


@given(st.lists(PIECES, max_size=30), st.sampled_from([b"\r\n", b"\n", b"\r"]))
def test_any_pieces_of_mail_in_any_order_are_read_or_refused(pieces: list[bytes], end: bytes) -> None:
    never_fails(end.join(pieces))


@given(st.integers(min_value=0, max_value=2_000), st.binary(max_size=8))
def test_a_real_answer_damaged_anywhere_is_read_or_refused(at: int, damage: bytes) -> None:
    raw = mails.gmail(to=TO, ics=ICS)

    never_fails(raw[:at] + damage + raw[at + len(damage) :])
