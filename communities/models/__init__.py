"""What is true of people, what they allowed, and what was posted to them."""

from .access import AccessKind, AccessLog
from .community import Community, CommunityKind, Membership, Role
from .consent import ConsentEvent, Origin, Purpose, SignUp
from .delivery import Delivery
from .doubles import FollowedLink, ToldApart
from .importing import ResidentImport
from .inbound import InboundMessage, InboundSource, InboundState, Mailbox
from .lean import ReadInNumbers
from .letter import Agenda, WrittenLetter
from .mailing import Mailing
from .preference import MutedTopic, Topic
from .resident import Channel, Neighbourhood, Resident
from .status import DeliveryState, MailingState, Priority
from .suppression import Suppression
from .town import AccessibilityLevel, Town

__all__ = [
    "AccessKind",
    "AccessLog",
    "AccessibilityLevel",
    "Agenda",
    "Channel",
    "Community",
    "CommunityKind",
    "ConsentEvent",
    "Delivery",
    "DeliveryState",
    "FollowedLink",
    "InboundMessage",
    "InboundSource",
    "InboundState",
    "Mailbox",
    "Mailing",
    "MailingState",
    "Membership",
    "MutedTopic",
    "Neighbourhood",
    "Origin",
    "Priority",
    "Purpose",
    "ReadInNumbers",
    "Resident",
    "ResidentImport",
    "Role",
    "SignUp",
    "Suppression",
    "ToldApart",
    "Topic",
    "Town",
    "WrittenLetter",
]
