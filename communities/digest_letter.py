"""What does the weekly letter say, and the one that is brought forward?"""

import html
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import Delivery, Mailing, Purpose
from .models.delivery import DeliveryQuerySet
from .post import digesting, sparing
from .post.composing import AFTER_HELLO, UNSUBSCRIBE_URL, Letter, fill, placeholder
from .post.kinds import DigestLine, LetterKind, letter_kinds
from .post.writing import Words, write, write_part

LINES, LINES_HTML, URL = "lines", "lines_html", "url"
LATER = datetime.max.replace(tzinfo=UTC)


class DigestLetter(LetterKind):
    """One line for each letter that was held: what, when, where, and the page where it is answered or read.

    It is no list of its own: stopping it stops all announcements. It counts against no cap.
    """

    purpose = Purpose.ANNOUNCEMENTS

    @property
    def label(self) -> str:
        return _("weekly letter")

    def owed(self, *, mailing: Mailing, deliveries: Sequence[Delivery] | DeliveryQuerySet) -> Collection[int]:
        """All of them: whether its reader still wants what it says is asked line by line, in `still_true`."""
        return {delivery.pk for delivery in deliveries}

    def still_true(self, *, mailing: Mailing, deliveries: Sequence[Delivery], now: datetime) -> Mapping[int, str]:
        paused = {
            delivery.pk: sparing.words_of_a_pause(delivery.resident.paused_until)
            for delivery in deliveries
            if delivery.resident and delivery.resident.paused_until and delivery.resident.is_paused(now)
        }
        telling = digesting.let_go(deliveries, now=now)
        empty = {each.pk: _("Nothing in it is still true.") for each in deliveries if each.pk not in telling}
        return empty | paused

    def compose(self, *, mailing: Mailing, language: str) -> Letter:
        title = digesting.title_of(mailing.key)
        context = {
            "title": title,
            "name": placeholder(AFTER_HELLO),
            "lines": placeholder(LINES),
            "lines_html": placeholder(LINES_HTML),
            "stop_url": placeholder(UNSUBSCRIBE_URL),
        }
        words = write(name="digest", language=language, context=context)
        return Letter(subject=title, text=words.text, html=words.html)

    def personal(self, *, mailing: Mailing, deliveries: Sequence[Delivery]) -> Mapping[int, Mapping[str, str]]:
        lines = lines_of(deliveries)
        return {delivery.pk: written(lines.get(delivery.pk, [])) for delivery in deliveries}


def lines_of(letters: Sequence[Delivery]) -> dict[int, list[DigestLine]]:
    """What each weekly letter (by pk) tells, what comes first first; a number of queries that its readers do not
    change.
    """
    lines: dict[int, list[DigestLine]] = {}
    for mailing, held in digesting.by_mailing(digesting.told_by(letters)).items():
        said = letter_kinds[mailing.kind].digest_lines(mailing=mailing, deliveries=held)
        for delivery in held:
            if delivery.digest_id and delivery.pk in said:
                lines.setdefault(delivery.digest_id, []).append(said[delivery.pk])
    return {pk: sorted(told, key=lambda line: (line.at or LATER, line.title)) for pk, told in lines.items()}


def written(lines: Sequence[DigestLine]) -> dict[str, str]:
    """The same lines as text and as HTML."""
    text, page = "", ""
    for line in lines:
        words = shape_of(replace(line, url=placeholder(URL) if line.url else ""), get_language() or "")
        text += fill(words.text, {URL: line.url}) + "\n"
        page += fill(words.html, {URL: html.escape(line.url)})
    return {LINES: text, LINES_HTML: SafeString(page)}


@lru_cache(maxsize=1024)  # most readers of a week are told the same, but for their links
def shape_of(line: DigestLine, language: str) -> Words:
    return write_part(name="digest_line", language=language, context={"line": line})
