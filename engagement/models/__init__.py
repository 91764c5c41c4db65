"""What is true of what residents and the commune build together."""

from .attendance import Attendance
from .certificate import CertificateRequest
from .clause import Clause, ConventionTemplate
from .commitment import Commitment
from .contribution import ContributionKind, Side
from .convention import Convention, ConventionState
from .convention_notice import ConventionNotice, NoticeKind
from .convention_version import ConventionVersion
from .coordinator_letter import CoordinatorLetter, Readers
from .credit import Credit
from .day_account import DayAccount, DayPicture
from .hour_sheet import HourSheet
from .idea import HolderKind, Idea, Opinion
from .idea_answer import IdeaAnswer
from .idea_note import IdeaNote
from .idea_picture import IdeaPicture
from .idea_support import IdeaSupport
from .kept_file import KeptFile
from .ledger import HourRate, LedgerEntry
from .need import Need, NeedKind
from .passage import Passage
from .project import Project, Teammate, TeamRole
from .project_index import ProjectIndexPage
from .project_page import ProjectPage
from .project_pieces import ProjectDocument, ProjectFact, ProjectPicture
from .project_sheet import ProjectSheet
from .reply import Reply
from .scheme import Scheme, YearMeans
from .shift import Minors, Shift
from .signature import Signature, SignatureMeans, SignatureRequest
from .stages import IdeaStage, Right, Stage
from .stewardship import CheckKind, CheckState, Conclusion, Duty, StewardshipCheck
from .thanks_choice import ThanksChoice, ThanksMatter
from .theme import Theme
from .thing_brought import ThingBrought
from .volunteer import Pledge, Signup, SignupState, Volunteer
from .work_day import WorkDay

__all__ = [
    "Attendance",
    "CertificateRequest",
    "CheckKind",
    "CheckState",
    "Clause",
    "Commitment",
    "Conclusion",
    "ContributionKind",
    "Convention",
    "ConventionNotice",
    "ConventionState",
    "ConventionTemplate",
    "ConventionVersion",
    "CoordinatorLetter",
    "Credit",
    "DayAccount",
    "DayPicture",
    "Duty",
    "HolderKind",
    "HourRate",
    "HourSheet",
    "Idea",
    "IdeaAnswer",
    "IdeaNote",
    "IdeaPicture",
    "IdeaStage",
    "IdeaSupport",
    "KeptFile",
    "LedgerEntry",
    "Minors",
    "Need",
    "NeedKind",
    "NoticeKind",
    "Opinion",
    "Passage",
    "Pledge",
    "Project",
    "ProjectDocument",
    "ProjectFact",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPicture",
    "ProjectSheet",
    "Readers",
    "Reply",
    "Right",
    "Scheme",
    "Shift",
    "Side",
    "Signature",
    "SignatureMeans",
    "SignatureRequest",
    "Signup",
    "SignupState",
    "Stage",
    "StewardshipCheck",
    "TeamRole",
    "Teammate",
    "ThanksChoice",
    "ThanksMatter",
    "Theme",
    "ThingBrought",
    "Volunteer",
    "WorkDay",
    "YearMeans",
]
