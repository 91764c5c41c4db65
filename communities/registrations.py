"""What this room adds to the registries."""

from wagtail.permissions import register_permission_policy

from . import holding
from .digest_letter import DigestLetter
from .letters import ConfirmSignUp
from .models import Resident, Suppression
from .permissions import NeverDeleted
from .personal_data import holders
from .post import digesting
from .post.kinds import letter_kinds
from .signing_up import LETTER_KIND

letter_kinds.register(LETTER_KIND, ConfirmSignUp())
letter_kinds.register(digesting.KIND, DigestLetter())
holders.register("communities", holding)
register_permission_policy(Resident, NeverDeleted(Resident))
register_permission_policy(Suppression, NeverDeleted(Suppression))
