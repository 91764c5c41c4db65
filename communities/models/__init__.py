"""What is true of people, what they allowed, and what was posted to them."""

from .community import Community, CommunityKind, Membership, Role
from .consent import ConsentEvent, Origin, Purpose, SignUp
from .delivery import Delivery
from .importing import ResidentImport
from .inbound import InboundMessage, InboundSource, InboundState, Mailbox
from .lean import ReadInNumbers
from .letter import Agenda, WrittenLetter
from .mailing import Mailing
from .neighbour_invitation import NeighbourInvitation
from .preference import MutedTopic, Topic
from .request import MembershipRequest, Outcome
from .resident import Channel, Neighbourhood, Resident
from .space import SpaceEntry, SpaceSession
from .status import DeliveryState, MailingState, Priority
from .suppression import Suppression
from .town import AccessibilityLevel, Town

__all__ = [
    "AccessibilityLevel",
    "Agenda",
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
    "MembershipRequest",
    "MutedTopic",
    "NeighbourInvitation",
    "Neighbourhood",
    "Origin",
    "Outcome",
    "Priority",
    "Purpose",
    "ReadInNumbers",
    "Resident",
    "ResidentImport",
    "Role",
    "SignUp",
    "SpaceEntry",
    "SpaceSession",
    "Suppression",
    "Topic",
    "Town",
    "WrittenLetter",
]
