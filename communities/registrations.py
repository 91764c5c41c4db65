"""What this room adds to the registries."""

from anymail.signals import inbound, tracking
from wagtail.permissions import register_permission_policy

from . import activity, correspondence, holding
from .activity import activity_sources
from .alerts import alerts
from .desk import watched
from .digest_letter import DigestLetter
from .inbound import as_it_came, forwarding, mailbox, webhook_views
from .inbound.bounces import Bounces
from .inbound.handlers import mail_handlers
from .inbound.stopping import StopAnnouncements
from .letters import ConfirmSignUp
from .models import Resident, Suppression
from .permissions import NeverDeleted
from .personal_data import holders
from .post import digesting, watching
from .post.kinds import letter_kinds
from .signing_up import LETTER_KIND
from .written_letters import LetterOfTheTownHall

letter_kinds.register(LETTER_KIND, ConfirmSignUp())
letter_kinds.register(correspondence.LETTER_KIND, LetterOfTheTownHall())
letter_kinds.register(forwarding.LETTER_KIND, forwarding.ForwardedLetter())
mail_handlers.register("rebond", Bounces())
mail_handlers.register("desinscription", StopAnnouncements())
letter_kinds.register(digesting.KIND, DigestLetter())
alerts.register("failures", watching.failures)
alerts.register("mailbox", mailbox.alert)
alerts.register("paused", watching.paused)
alerts.register("passed on", forwarding.alert)
alerts.register("queue", watching.queue)
alerts.register("relay", watching.relay)
holders.register("communities", holding)
register_permission_policy(Resident, NeverDeleted(Resident))
register_permission_policy(Suppression, NeverDeleted(Suppression))
as_it_came.leave_unread()
inbound.connect(webhook_views.take_message, dispatch_uid="take_message")
tracking.connect(webhook_views.take_news, dispatch_uid="take_news")
watched.register()
activity_sources.register("communities", activity.joined)
