"""What this room adds to the registries."""

from wagtail.permissions import register_permission_policy

from .letters import ConfirmSignUp
from .models import Resident, Suppression
from .permissions import NeverDeleted
from .post.kinds import letter_kinds
from .signing_up import LETTER_KIND

letter_kinds.register(LETTER_KIND, ConfirmSignUp())
register_permission_policy(Resident, NeverDeleted(Resident))
register_permission_policy(Suppression, NeverDeleted(Suppression))
