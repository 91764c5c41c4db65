"""What is true of people, what they allowed, and what was posted to them."""

from .access import AccessKind, AccessLog
from .address_change import AddressChange
from .community import Community, CommunityKind, Membership, Role
from .consent import ConsentEvent, Origin, Purpose, SignUp
from .delivery import Delivery
from .doubles import FollowedLink, ToldApart
from .erased_address import ErasedAddress
from .importing import ResidentImport
from .inbound import InboundMessage, InboundSource, InboundState, Mailbox
from .lean import ReadInNumbers
from .letter import Agenda, WrittenLetter
from .mailing import Mailing
from .neighbour_invitation import NeighbourInvitation
from .picture_rights import Medium, PictureAuthorisation, PictureRights, PictureState, Recognisable
from .preference import MutedTopic, Topic
from .request import MembershipRequest, Outcome
from .resident import Channel, Neighbourhood, Resident
from .retention import (
    ArchivedRecord,
    KeepingQuestion,
    RetentionDecision,
    RetentionPeriod,
    RetentionRun,
    Unit,
)
from .space import SpaceEntry, SpaceSession
from .status import DeliveryState, MailingState, Priority
from .suppression import Suppression
from .town import AccessibilityLevel, Town

__all__ = [
    "AccessKind",
    "AccessLog",
    "AccessibilityLevel",
    "AddressChange",
    "Agenda",
    "ArchivedRecord",
    "Channel",
    "Community",
    "CommunityKind",
    "ConsentEvent",
    "Delivery",
    "DeliveryState",
    "ErasedAddress",
    "FollowedLink",
    "InboundMessage",
    "InboundSource",
    "InboundState",
    "KeepingQuestion",
    "Mailbox",
    "Mailing",
    "MailingState",
    "Medium",
    "Membership",
    "MembershipRequest",
    "MutedTopic",
    "NeighbourInvitation",
    "Neighbourhood",
    "Origin",
    "Outcome",
    "PictureAuthorisation",
    "PictureRights",
    "PictureState",
    "Priority",
    "Purpose",
    "ReadInNumbers",
    "Recognisable",
    "Resident",
    "ResidentImport",
    "RetentionDecision",
    "RetentionPeriod",
    "RetentionRun",
    "Role",
    "SignUp",
    "SpaceEntry",
    "SpaceSession",
    "Suppression",
    "ToldApart",
    "Topic",
    "Town",
    "Unit",
    "WrittenLetter",
]
