"""Does the post do its work? What staff are told on their first page: from what the rows say, without the network."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from communities.alerts import Alert
from communities.models import Channel, Delivery, DeliveryState, Mailing, MailingState

LATE = timedelta(minutes=10)
DAY = timedelta(days=1)
# A handful of wrong addresses among ten is a small town's ordinary day.
MOST_FAILURES, FEWEST_FAILURES = 0.1, 10
CHECK = gettext_lazy("Check the sending")


def failures(now: datetime) -> Alert | None:
    """Of the letters of the last day's mailings, more than one in ten was refused."""
    letters = Delivery.objects.filter(mailing__created_at__gte=now - DAY, mailing__is_test=False, channel=Channel.EMAIL)
    tried = letters.order_by().filter(state__in=[DeliveryState.SENT, DeliveryState.FAILED])
    counted = dict(tried.values_list("state").annotate(Count("pk")))
    failed, total = counted.get(DeliveryState.FAILED, 0), sum(counted.values())
    if failed < FEWEST_FAILURES or failed <= total * MOST_FAILURES:
        return None
    words = {"failed": failed, "total": total}
    return Alert(
        trouble=_("%(failed)d of the %(total)d letters of the last 24 hours were refused.") % words,
        advice=_(
            "Open the mailing: the reasons are grouped there. Many of the same kind point to the sender's settings."
        ),
        where=gettext_lazy("See the mailings with failures"),
        way=reverse("mailings:index", query={"state": "troubled"}),
    )


def paused(now: datetime) -> Alert | None:
    """A mailing holds letters until a person decides."""
    waiting = Delivery.objects.filter(mailing=OuterRef("pk"), channel=Channel.EMAIL).pending()
    held = Mailing.objects.filter(Exists(waiting), state=MailingState.PAUSED).order_by("-pk")[:2]
    if not held:
        return None
    return Alert(
        trouble=_("“%(title)s” is paused: %(reason)s") % {"title": held[0].title, "reason": held[0].reason},
        advice=_("Open it, put right what it says, then let the letters leave.")
        if len(held) == 1
        else _("Others are paused too. Open each, put right what it says, then let the letters leave."),
        where=gettext_lazy("Open this mailing") if len(held) == 1 else gettext_lazy("See the paused mailings"),
        way=reverse("mailings:inspect", args=[held[0].pk])
        if len(held) == 1
        else reverse("mailings:index", query={"state": "paused"}),
    )


def queue(now: datetime) -> Alert | None:
    """Letters are due for more than ten minutes, and none of their mailing has left meanwhile: nobody carries them."""
    late = Delivery.objects.due(now).filter(next_attempt_at__lte=now - LATE).order_by("next_attempt_at")
    oldest = late.first()
    if oldest is None or Delivery.objects.filter(mailing=oldest.mailing_id, ended_at__gte=now - LATE).exists():
        return None
    return Alert(
        trouble=_("Letters should have left more than ten minutes ago, and none leaves."),
        advice=_(
            "The program that carries the letters may be stopped: ask whoever runs the server to start the worker"
            " again. Nothing is lost: they leave as soon as it runs."
        ),
        where=gettext_lazy("See the mailings under way"),
        way=reverse("mailings:index", query={"state": "under-way"}),
    )


def relay(now: datetime) -> Alert | None:
    """The relay could not be reached, or lets us send nothing: letters were given back untried, with what it said."""
    given_back = Delivery.objects.order_by().pending().filter(channel=Channel.EMAIL, attempts=0).exclude(reason="")
    told = given_back.filter(next_attempt_at__gte=now - LATE, mailing__state=MailingState.OPEN)
    most = told.values_list("reason").annotate(number=Count("pk")).order_by("-number").first()
    if most is None:
        return None
    words, number = most
    waiting = ngettext(
        "%(number)d letter waits for the mail relay.", "%(number)d letters wait for the mail relay.", number
    )
    return Alert(
        trouble=f"{waiting % {'number': number}} {words}",
        advice=_("Another attempt is made each minute. If it lasts, send your mail provider the sentence above."),
        where=CHECK,
        way=reverse("sending_check:index"),
    )
