"""Mail as programs write it: calendar answers in the shapes of the field, bounces, people's own words."""

import base64
from email.message import EmailMessage
from email.policy import SMTP

DOMAIN = "agora.example.org"
RESIDENT = "jeanne.martin@example.net"


def calendar(
    *,
    uid: str,
    attendee: str = RESIDENT,
    partstat: str = "ACCEPTED",
    method: str = "REPLY",
    sequence: int | None = 0,
    stamp: str = "20270301T090000Z",
    start: str = ":20270403T163000Z",
    organizer: str = "",
    more: str = "",
    parameters: str = "",
) -> str:
    """A calendar object with one event, its lines ended as RFC 5545 wants."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Calendar//EN", f"METHOD:{method}", "BEGIN:VEVENT"]
    lines += [f"UID:{uid}", f"DTSTAMP:{stamp}", f"DTSTART{start}", "SUMMARY:Réunion publique"]
    lines += [f"SEQUENCE:{sequence}"] if sequence is not None else []
    lines += [f"ORGANIZER;CN=Mairie:mailto:{organizer}"] if organizer else []
    lines += [f"ATTENDEE;PARTSTAT={partstat}{parameters}:mailto:{attendee}"] if attendee else []
    lines += more.splitlines()
    return "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])


def gmail(*, to: str, ics: str, sender: str = RESIDENT, headers: dict[str, str] | None = None) -> bytes:
    """mixed(alternative(plain, calendar), attachment): written by a machine, and an answer all the same."""
    message = heading(to=to, sender=sender, subject="Accepté : Réunion publique", headers=headers)
    message["Sender"] = "Google Agenda <calendar-notification@google.com>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("Jeanne Martin a répondu à cette invitation.")
    message.add_alternative(ics.encode(), "text", "calendar", params={"method": "REPLY", "charset": "UTF-8"})
    message.add_attachment(ics.encode(), "application", "ics", filename="invite.ics")
    return written(message)


def exchange(*, to: str, ics: str, sender: str = RESIDENT, headers: dict[str, str] | None = None) -> bytes:
    """alternative(plain, html in a Windows charset, calendar in base64)."""
    message = heading(to=to, sender=sender, subject="Accepté : Réunion publique", headers=headers)
    message.set_content("\r\n")
    message.add_alternative("<p>Accepté</p>", subtype="html", charset="windows-1252")
    message.add_alternative(ics.encode(), "text", "calendar", params={"method": "REPLY", "charset": "utf-8"})
    return written(message)


def apple(*, to: str, ics: str, sender: str = RESIDENT, headers: dict[str, str] | None = None) -> bytes:
    """The calendar as an attachment without its method, deep in the tree."""
    message = heading(to=to, sender=sender, subject="Réponse", headers=headers)
    message.set_content("Jeanne a accepté.")
    message.add_attachment(ics.encode(), "text", "calendar", filename="reponse.ics")
    return written(message)


def octets(*, to: str, ics: str, sender: str = RESIDENT, headers: dict[str, str] | None = None) -> bytes:
    """Nothing but a name says that it is a calendar; written in Latin-1 without saying so."""
    message = heading(to=to, sender=sender, subject="reponse", headers=headers)
    message.set_content("voir pièce jointe")
    message.add_attachment(ics.encode("latin-1"), "application", "octet-stream", filename="REPONSE.ICS")
    return written(message)


CLIENTS = {"gmail": gmail, "exchange": exchange, "apple": apple, "octets": octets}


def words(
    text: str,
    *,
    to: str,
    sender: str = RESIDENT,
    subject: str = "Re: Invitation",
    headers: dict[str, str] | None = None,
) -> bytes:
    """What a person writes."""
    message = heading(to=to, sender=sender, subject=subject, headers=headers)
    message.set_content(text)
    return written(message)


def heading(*, to: str, sender: str, subject: str, headers: dict[str, str] | None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"Jeanne Martin <{sender}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Mon, 01 Mar 2027 09:00:00 +0000"
    headers = {"Message-ID": "<answer-1@example.net>"} | (headers or {})
    for name, value in headers.items():
        message[name] = value
    return message


def written(message: EmailMessage) -> bytes:
    """The same message, the same bytes."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_part_{number}")
    return message.as_bytes(policy=SMTP)


def bounce(
    *, to: str, recipient: str, status: str = "5.1.1", action: str = "failed", returned: str = "", why: str = ""
) -> bytes:
    """RFC 3464: a report of three parts; `returned` is the letter that came back."""
    fields = f"Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; {recipient}\r\n"
    fields += (
        f"Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {why or f'550 {status} No such user'}\r\n"
    )
    letter = returned or f"From: mairie@{DOMAIN}\r\nTo: {recipient}\r\nSubject: Invitation\r\n\r\n"
    parts = [
        "Content-Type: text/plain; charset=utf-8\r\n\r\nYour message could not be delivered.\r\n",
        f"Content-Type: message/delivery-status\r\n\r\n{fields}",
        f"Content-Type: message/rfc822\r\n\r\n{letter}",
    ]
    body = "".join(f"--=b\r\n{part}\r\n" for part in parts) + "--=b--\r\n"
    headers = f"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.net\r\nTo: {to}\r\nSubject: Undelivered\r\n"
    kind = 'multipart/report; report-type=delivery-status; boundary="=b"'
    return f"{headers}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{body}".encode()


def nested(depth: int) -> bytes:
    """A box in a box in a box."""
    opened = "".join(
        f"--b{step}\r\nContent-Type: multipart/mixed; boundary=b{step + 1}\r\n\r\n" for step in range(depth)
    )
    return f"From: x@example.org\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n{opened}".encode()


def crowded(parts: int) -> bytes:
    """A message of very many parts."""
    head = b"From: x@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + b"--b\r\n\r\nx\r\n" * parts + b"--b--\r\n"


def bomb(size: int) -> bytes:
    """Base64 that never ends."""
    head = b"From: x@example.org\r\nContent-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return head + base64.b64encode(b"BEGIN:VCALENDAR\r\n" * (size // 16))
