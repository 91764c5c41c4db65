"""How is a mailbox read that is not ours to pipe from? By IMAP, message by message, marked once it is safely kept.

A message is known by its UID within the mailbox's UIDVALIDITY (RFC 3501 §2.3.1.1), and by its fingerprint whatever
the mailbox says: reading all of it again changes nothing.
"""

import logging
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from imaplib import IMAP4
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from imap_tools import BaseMailBox, MailBox, MailBoxUnencrypted, MailMessageFlags
from imap_tools.errors import (
    ImapToolsError,
    MailboxFolderSelectError,
    MailboxLoginError,
    UnexpectedCommandStatusError,
)

from communities import broken_lines, typography
from communities.alerts import Alert
from communities.models import InboundSource, Mailbox

from . import receiving
from .reading import LARGEST

PATIENCE = 30
AT_ONCE = 200
LOCK = 0x6D61696C  # of ours alone in this database: one worker reads at a time
SHORT_TROUBLE = timedelta(minutes=10)
# What its line, its words and its answers can fail with: a name or an answer that means nothing is a ValueError.
UNREADABLE = (OSError, IMAP4.error, ImapToolsError, ValueError)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where a mailbox is, and the key to it; `name` says which without saying how."""

    host: str
    port: int
    is_encrypted: bool
    user: str
    password: str
    folder: str

    @property
    def name(self) -> str:
        return f"{self.user}@{self.host}/{self.folder}"


@dataclass(frozen=True)
class Trouble:
    """Since when a mailbox cannot be read, and what it answered."""

    mailbox: str
    since: datetime
    words: str


def place_of(url: str) -> Place:
    """imaps://name:password@host:993/folder; imap:// only where nobody can listen."""
    parts = urlsplit(url)
    is_encrypted = parts.scheme == "imaps"
    return Place(
        host=parts.hostname or "",
        port=parts.port or (993 if is_encrypted else 143),
        is_encrypted=is_encrypted,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def alert(now: datetime) -> Alert | None:
    """The same, in words for the staff's first page."""
    found = trouble(now)
    if found is None:
        return None
    place = place_of(settings.INBOUND_IMAP_URL)
    hour = typography.clock(found.since, language=get_language())
    day = typography.day(found.since, language=get_language())
    words = {"mailbox": f"{place.user} ({place.host})", "day": day, "hour": hour, "words": found.words}
    return Alert(
        _("The mailbox %(mailbox)s has not been readable since %(day)s, %(hour)s: %(words)s") % words,
        _("Answers from calendar programs and letters that come back wait there. Ask whoever keeps the mailbox."),
    )


def trouble(now: datetime) -> Trouble | None:
    """For the desk: the mailbox that we were told to read and could not, for longer than a hiccup."""
    if not settings.INBOUND_IMAP_URL:
        return None
    name = place_of(settings.INBOUND_IMAP_URL).name
    row = Mailbox.objects.filter(name=name, trouble_since__lt=now - SHORT_TROUBLE).first()
    return Trouble(row.name, row.trouble_since, row.trouble) if row and row.trouble_since else None


def fetch(*, now: datetime) -> int:
    """Take in what is new; how many messages. Nothing when no mailbox is given, or another worker is at it.

    A mailbox that cannot be read is noted with the time since when; the next tick tries again.
    """
    if not settings.INBOUND_IMAP_URL:
        return 0
    place = place_of(settings.INBOUND_IMAP_URL)
    with alone() as is_alone:
        if not is_alone:
            return 0
        row, _is_new = Mailbox.objects.get_or_create(name=place.name)
        try:
            with opened(place) as box:
                taken = take(box, row, now=now)
        except UNREADABLE as error:
            log.error("The mailbox %s cannot be read: %s", place.name, error)
            note_trouble(row, words_of(error), now=now)
            return 0
        Mailbox.objects.filter(pk=row.pk).update(read_at=now, trouble="", trouble_since=None)
    return taken


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else reads the mailbox until the end of the block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def opened(place: Place) -> Iterator[BaseMailBox]:
    box = dialled(place)
    try:
        signed_in = box.login(place.user, place.password, initial_folder=place.folder)
    except Exception:
        box.client.shutdown()
        raise
    with signed_in:
        yield signed_in


def dialled(place: Place) -> BaseMailBox:
    """The line; raise OSError to whoever cannot prove that they are the host: imaplib alone would believe anyone."""
    if not place.is_encrypted:
        return MailBoxUnencrypted(place.host, port=place.port, timeout=PATIENCE)
    proven = ssl.create_default_context()
    return MailBox(place.host, port=place.port, timeout=PATIENCE, ssl_context=proven)


def take(box: BaseMailBox, row: Mailbox, *, now: datetime) -> int:
    """Each new message: kept, committed, then marked in the mailbox; a crash between the two reads it again."""
    validity = validity_of(box)
    if validity != row.uid_validity:
        row.uid_validity, row.last_uid = validity, 0
    new = sorted(int(uid) for uid in box.uids(f"UID {row.last_uid + 1}:*") if int(uid) > row.last_uid)
    for uid in new[:AT_ONCE]:
        raw = raw_of(box, uid)
        if raw:
            with transaction.atomic():
                receiving.receive(raw=raw, source=InboundSource.MAILBOX, now=now)
        put_away(box, [str(uid)])
        row.last_uid = uid
        row.save(update_fields=["uid_validity", "last_uid"])
    if new:
        receiving.ring()
    return len(new[:AT_ONCE])


def validity_of(box: BaseMailBox) -> int:
    """What the mailbox's UIDs are worth. Raise ValueError when the server does not say (RFC 3501 §2.3.1.1)."""
    answered = box.folder.status(box.folder.get(), ["UIDVALIDITY"])
    if "UIDVALIDITY" not in answered:
        raise ValueError(_("It does not number its messages for good (UIDVALIDITY): it cannot be read safely."))
    return int(answered["UIDVALIDITY"])


def raw_of(box: BaseMailBox, uid: int) -> bytes:
    """The message's bytes, without marking it; of one beyond all measure, as much as says so.

    Empty when it was taken away meanwhile. Raise IMAP4.error when the server would not hand it over: it stays new.
    """
    answer, parts = box.client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    if answer != "OK":
        raise IMAP4.error(parts)
    return next((part[1] for part in parts or [] if isinstance(part, tuple)), b"")


def put_away(box: BaseMailBox, uids: Sequence[str]) -> None:
    if settings.INBOUND_IMAP_ARCHIVE:
        box.move(uids, settings.INBOUND_IMAP_ARCHIVE)
    else:
        box.flag(uids, MailMessageFlags.SEEN, True)


def words_of(error: Exception) -> str:
    """What went wrong, for staff: in their words where the server's say which it is."""
    if not isinstance(error, UnexpectedCommandStatusError):
        return broken_lines.words(error)
    data = error.command_result[1] or []
    said = b" ".join(each for each in data if isinstance(each, bytes)).decode("utf-8", "replace")
    if isinstance(error, MailboxLoginError):
        return _("it does not accept the name or the password (%(words)s)") % {"words": said}
    if isinstance(error, MailboxFolderSelectError):
        return _("the folder to read is not there (%(words)s)") % {"words": said}
    return said or str(error)


def note_trouble(row: Mailbox, words: str, *, now: datetime) -> None:
    row.refresh_from_db()
    row.trouble, row.trouble_since = words[:255], row.trouble_since or now
    row.save(update_fields=["trouble", "trouble_since"])
