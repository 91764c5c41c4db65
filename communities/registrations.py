"""What this room adds to the registries."""

from anymail.signals import inbound, tracking
from wagtail.permissions import register_permission_policy

from . import correspondence, holding
from .alerts import alerts
from .belonging import answering, asking, inviting
from .belonging import letters as letters_of_belonging
from .belonging.invitation_letter import NeighbourInvites
from .belonging.panels import communities_of_resident
from .digest_letter import DigestLetter
from .inbound import as_it_came, forwarding, mailbox, webhook_views
from .inbound.bounces import Bounces
from .inbound.handlers import mail_handlers
from .inbound.stopping import StopAnnouncements
from .letters import ConfirmSignUp
from .models import Resident, Suppression
from .panels import space_panels
from .permissions import NeverDeleted
from .personal_data import holders
from .post import digesting, watching
from .post.kinds import letter_kinds
from .signing_up import LETTER_KIND
from .space import entering
from .space.letters import EntryLetter
from .written_letters import LetterOfTheTownHall

letter_kinds.register(LETTER_KIND, ConfirmSignUp())
letter_kinds.register(correspondence.LETTER_KIND, LetterOfTheTownHall())
letter_kinds.register(forwarding.LETTER_KIND, forwarding.ForwardedLetter())
letter_kinds.register(asking.ASKED_LETTER, letters_of_belonging.SomebodyAsks())
letter_kinds.register(answering.ANSWER_LETTER, letters_of_belonging.AnswerToARequest())
letter_kinds.register(answering.ROLE_LETTER, letters_of_belonging.RoleInACommunity())
letter_kinds.register(inviting.LETTER_KIND, NeighbourInvites())
letter_kinds.register(entering.LETTER_KIND, EntryLetter())
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
space_panels.register("40-communities", communities_of_resident)
register_permission_policy(Resident, NeverDeleted(Resident))
register_permission_policy(Suppression, NeverDeleted(Suppression))
as_it_came.leave_unread()
inbound.connect(webhook_views.take_message, dispatch_uid="take_message")
tracking.connect(webhook_views.take_news, dispatch_uid="take_news")
