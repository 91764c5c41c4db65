"""Who was told by people, on paper or by telephone? The post does not carry these; staff say when it is done."""

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from communities.models import Channel, DeliveryState
from communities.models.post import DeliveryQuerySet

CHANNELS = [Channel.LETTER, Channel.PHONE]


def told(*, deliveries: DeliveryQuerySet, by: User, now: datetime) -> int:
    """Mark those of these letters and calls that still wait as done, with who says so; how many that was.

    What travels by e-mail is never touched: only the post knows when it left.
    """
    waiting = deliveries.order_by().pending().filter(channel__in=CHANNELS)
    words = _("Done at the town hall by %(name)s.") % {"name": by.get_full_name() or by.get_username()}
    return waiting.update(state=DeliveryState.SENT, ended_at=now, reason=words[:255])
