"""What is true of what residents and the commune build together."""

from .clause import Clause, ConventionTemplate
from .contribution import ContributionKind, Side
from .convention import Commitment, Convention, ConventionState, ConventionVersion
from .idea import HolderKind, Idea, IdeaNote, IdeaPicture, Opinion
from .idea_answer import IdeaAnswer
from .idea_support import IdeaSupport
from .kept_file import KeptFile
from .ledger import HourRate, LedgerEntry
from .passage import Passage
from .project import Project, Teammate, TeamRole
from .project_page import ProjectFact, ProjectIndexPage, ProjectPage, ProjectPicture
from .scheme import Scheme, YearMeans
from .signature import Signature, SignatureMeans, SignatureRequest
from .stages import IdeaStage, Right, Stage
from .stewardship import CheckKind, CheckState, Duty, StewardshipCheck
from .theme import Theme

__all__ = [
    "CheckKind",
    "CheckState",
    "Clause",
    "Commitment",
    "ContributionKind",
    "Convention",
    "ConventionState",
    "ConventionTemplate",
    "ConventionVersion",
    "Duty",
    "HolderKind",
    "HourRate",
    "Idea",
    "IdeaAnswer",
    "IdeaNote",
    "IdeaPicture",
    "IdeaStage",
    "IdeaSupport",
    "KeptFile",
    "LedgerEntry",
    "Opinion",
    "Passage",
    "Project",
    "ProjectFact",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPicture",
    "Right",
    "Scheme",
    "Side",
    "Signature",
    "SignatureMeans",
    "SignatureRequest",
    "Stage",
    "StewardshipCheck",
    "TeamRole",
    "Teammate",
    "Theme",
    "YearMeans",
]
