"""A compiled letter is what the standard library reads back: every text in its place, whatever the texts are."""

import email
import timeit
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.post import composing, quoting
from communities.post.composing import CalendarPart, Letter, placeholder

anything = st.text(alphabet=st.characters(), max_size=200)
CALENDAR = CalendarPart(
    method="REQUEST",
    content=f"BEGIN:VCALENDAR\r\n{placeholder('attendee_line')}SUMMARY:Réunion\r\nEND:VCALENDAR\r\n".encode(),
)
LETTER = Letter(
    subject="Invitation : réunion de quartier",
    text=f"Bonjour {placeholder('to_name')},\n\n.\nOui : {placeholder('yes_url')}\n{placeholder('unsubscribe_url')}\n",
    html=f'<p>Bonjour {placeholder("to_name")}, <a href="{placeholder("yes_url")}">je viens</a></p>',
    from_name="Mairie de Terrilville",
    from_address="mairie@example.org",
)
VALUES = {
    "to_name": "Ada Terril & Basile Coron",
    "to_address": "ada@example.org",
    "message_id": "invitation-1-2",
    "date": format_datetime(datetime(2026, 11, 22, 18, 0, tzinfo=UTC)),
    "unsubscribe_url": "https://commune.example/desinscription/aaaa/",
    "yes_url": "https://commune.example/r/bbbb/?a=yes",
    "attendee_line": "ATTENDEE;RSVP=TRUE:mailto:ada@example.org\r\n",
}


def bytes_of(letter: Letter, values: dict[str, str] | None = None, **options: str) -> bytes:
    envelope = composing.compile_letter(letter, seed="invitation-1-fr", domain="commune.example", **options)
    return envelope.splice({**VALUES, **(values or {})})


def read(data: bytes) -> EmailMessage:
    message = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def with_calendar(letter: Letter = LETTER) -> Letter:
    return Letter(**{**letter.__dict__, "calendar": CALENDAR})


def test_a_letter_without_a_calendar_says_the_same_thing_twice() -> None:
    message = read(bytes_of(LETTER))

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_an_invitation_has_the_tree_that_calendar_programs_understand() -> None:
    """invitation: RFC 6047; Outlook looks for the calendar in the first child only."""
    message = read(bytes_of(with_calendar()))

    alternative, attachment = message.iter_parts()
    assert message.get_content_type() == "multipart/mixed"
    assert alternative.get_content_type() == "multipart/alternative"
    assert [part.get_content_subtype() for part in alternative.iter_parts()] == ["plain", "html", "calendar"]
    assert attachment.get_content_type() == "application/ics"
    assert attachment.get_filename() == "invitation.ics"
    assert attachment.get_content_disposition() == "attachment"


def test_the_calendar_is_there_twice_with_the_same_bytes() -> None:
    alternative, attachment = read(bytes_of(with_calendar())).iter_parts()
    calendar = list(alternative.iter_parts())[-1]

    assert calendar["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert calendar["Content-Disposition"] is None
    assert calendar["Content-Transfer-Encoding"] == attachment["Content-Transfer-Encoding"] == "base64"
    assert calendar.get_payload(decode=True) == attachment.get_payload(decode=True)
    assert b"\r\nATTENDEE;RSVP=TRUE:mailto:ada@example.org\r\nSUMMARY" in attachment.get_payload(decode=True)


def test_values_take_their_places_escaped_in_html_only() -> None:
    message = read(bytes_of(LETTER))

    assert "Ada Terril & Basile Coron,\n\n.\nOui : https://commune.example/r/bbbb/?a=yes\n" in body(message, "plain")
    assert "Bonjour Ada Terril &amp; Basile Coron, <a href=" in body(message, "html")


def test_headers_say_who_writes_to_whom_and_that_a_program_does() -> None:
    message = read(bytes_of(LETTER))

    assert str(message["From"]) == "Mairie de Terrilville <mairie@example.org>"
    assert str(message["To"]) == "Ada Terril & Basile Coron <ada@example.org>"
    assert message["Subject"] == "Invitation : réunion de quartier"
    assert message["Date"].datetime == datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    assert message["Message-ID"] == "<invitation-1-2@commune.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["MIME-Version"] == "1.0"


def test_a_letter_one_can_stop_says_how_to_mail_programs() -> None:
    message = read(bytes_of(LETTER, list_name="announcements"))

    assert message["List-Id"] == "<announcements.commune.example>"
    assert message["List-Unsubscribe"] == "<https://commune.example/desinscription/aaaa/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_answer_to_what_someone_did_has_nothing_to_stop() -> None:
    message = read(bytes_of(LETTER))

    assert message["List-Id"] is message["List-Unsubscribe"] is message["List-Unsubscribe-Post"] is None


def test_a_kind_names_its_own_letters_and_the_ones_they_follow() -> None:
    letter = Letter(
        **{**LETTER.__dict__, "message_id": f"inv-{placeholder('invitation')}-1", "in_reply_to": placeholder("first")}
    )

    message = read(bytes_of(letter, {"invitation": "7", "first": "inv-7-0"}))

    assert message["Message-ID"] == "<inv-7-1@commune.example>"
    assert message["In-Reply-To"] == message["References"] == "<inv-7-0@commune.example>"


def test_a_first_letter_follows_nothing() -> None:
    letter = Letter(**{**LETTER.__dict__, "in_reply_to": placeholder("first")})

    message = read(bytes_of(letter, {"first": ""}))

    assert message["In-Reply-To"] is message["References"] is None


def test_a_kind_adds_headers_of_its_own() -> None:
    letter = Letter(**{**LETTER.__dict__, "headers": {"X-Town-Matter": f"réunion {placeholder('invitation')}"}})

    message = read(bytes_of(letter, {"invitation": "7"}))

    assert message["X-Town-Matter"] == "réunion 7"


def test_the_same_letter_is_the_same_bytes_today_and_tomorrow() -> None:
    """To accept a change on purpose: write `bytes_of(...)` to the golden file, and read the difference."""
    golden = Path(__file__).with_name("golden") / "invitation.eml"

    assert bytes_of(with_calendar(), list_name="announcements") == golden.read_bytes()


@given(subject=anything, text=anything, html=anything, name=anything, value=anything, sender=anything)
def test_any_text_anywhere_stays_where_it_was_put(
    subject: str, text: str, html: str, name: str, value: str, sender: str
) -> None:
    letter = Letter(
        subject=f"{subject} {placeholder('value')}",
        text=f"{text}{placeholder('value')}{placeholder('value')}|",
        html=f"{placeholder('value')}{html}|",
        from_name=sender,
        from_address="mairie@example.org",
        headers={"X-Any": value},
        calendar=CalendarPart(method="PUBLISH", content=text.encode("utf-8", "replace")),
    )

    data = bytes_of(letter, {"to_name": name, "value": value}, list_name=subject)

    message = read(data)
    alternative, attachment = message.iter_parts()
    plain, page, calendar = alternative.iter_parts()
    assert message["Subject"] == quoting.printable(f"{subject} {value}")
    assert message["To"].addresses[0].addr_spec == "ada@example.org"
    assert message["From"].addresses[0].addr_spec == "mairie@example.org"
    assert received(plain).startswith(sent(f"{text}{value}{value}|"))
    assert received(page).endswith(sent(f"{html}|\r\n"))
    assert calendar.get_payload(decode=True) == attachment.get_payload(decode=True) == text.encode("utf-8", "replace")
    assert_fit_for_smtp(data)


def received(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def sent(text: str) -> str:
    """Mail has one sort of line break, and no lone surrogates."""
    lines = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\n", "\r\n")


def assert_fit_for_smtp(data: bytes) -> None:
    lines = data.split(b"\r\n")
    assert data.isascii()
    assert data.endswith(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert not [line for line in lines if line.startswith(b".") or len(line) > 998]


@given(title=st.text(alphabet="\ue000\ue001_abcdefvalue0123456789", max_size=60))
def test_nobody_can_type_a_placeholder(title: str) -> None:
    letter = Letter(**{**LETTER.__dict__, "text": title, "subject": title})

    assert body(read(bytes_of(letter)), "plain").startswith(title)


def test_a_value_is_never_read_as_a_placeholder() -> None:
    message = read(bytes_of(LETTER, {"to_name": placeholder("yes_url")}))

    assert f"Bonjour {placeholder('yes_url')}," in body(message, "plain")


def test_a_missing_value_is_an_error_and_not_a_hole() -> None:
    letter = Letter(**{**LETTER.__dict__, "text": placeholder("nobody_gives_it")})

    with pytest.raises(KeyError, match="nobody_gives_it"):
        bytes_of(letter)


def test_an_address_that_would_give_orders_to_the_relay_is_refused() -> None:
    with pytest.raises(quoting.Unaddressable):
        bytes_of(LETTER, {"to_address": "ada@example.org>\r\nRCPT TO:<all@example.org"})


def test_a_preview_is_the_letter_as_one_person_reads_it() -> None:
    letter = LETTER.filled(VALUES)

    assert "Bonjour Ada Terril & Basile Coron" in letter.text
    assert "Bonjour Ada Terril &amp; Basile Coron" in letter.html


@pytest.mark.parametrize("letter", [LETTER, with_calendar()], ids=["plain", "calendar"])
def test_splicing_costs_microseconds(letter: Letter) -> None:
    """Three milliseconds each is a wall; the figure itself is the bench's affair."""
    envelope = composing.compile_letter(letter, seed="1", domain="commune.example")

    seconds = min(timeit.repeat(lambda: envelope.splice(VALUES), number=100, repeat=3)) / 100

    assert seconds < 0.001
