"""What is true of people, what they allowed, and what was posted to them."""

from .community import Community, CommunityKind, Membership, Role
from .consent import ConsentEvent, Origin, Purpose, SignUp
from .importing import ResidentImport
from .inbound import InboundMessage, InboundSource, InboundState, Mailbox
from .post import Delivery, DeliveryState, Mailing, MailingState, Priority
from .resident import Channel, Neighbourhood, Resident
from .suppression import Suppression
from .town import AccessibilityLevel, Town

__all__ = [
    "AccessibilityLevel",
    "Channel",
    "Community",
    "CommunityKind",
    "ConsentEvent",
    "Delivery",
    "DeliveryState",
    "InboundMessage",
    "InboundSource",
    "InboundState",
    "Mailbox",
    "Mailing",
    "MailingState",
    "Membership",
    "Neighbourhood",
    "Origin",
    "Priority",
    "Purpose",
    "Resident",
    "ResidentImport",
    "Role",
    "SignUp",
    "Suppression",
    "Town",
]
