"""What this room adds to the registries."""

from .letters import ConfirmSignUp
from .post.kinds import letter_kinds
from .signing_up import LETTER_KIND

letter_kinds.register(LETTER_KIND, ConfirmSignUp())
