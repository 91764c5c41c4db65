"""What is true of what residents and the commune build together."""

from .certificate import CertificateRequest
from .clause import Clause, ConventionTemplate
from .contribution import ContributionKind, Side
from .convention import Commitment, Convention, ConventionState, ConventionVersion
from .idea import HolderKind, Idea, IdeaNote, IdeaPicture, IdeaSupport, Opinion
from .kept_file import KeptFile
from .ledger import HourRate, LedgerEntry
from .passage import Passage
from .project import Project, Teammate, TeamRole
from .project_index import ProjectIndexPage
from .project_page import ProjectPage
from .project_pieces import ProjectDocument, ProjectFact, ProjectPicture
from .project_sheet import ProjectSheet
from .scheme import Scheme, YearMeans
from .signature import Signature, SignatureMeans, SignatureRequest
from .stages import IdeaStage, Right, Stage
from .stewardship import CheckKind, CheckState, Duty, StewardshipCheck
from .theme import Theme

__all__ = [
    "CertificateRequest",
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
    "IdeaNote",
    "IdeaPicture",
    "IdeaStage",
    "IdeaSupport",
    "KeptFile",
    "LedgerEntry",
    "Opinion",
    "Passage",
    "Project",
    "ProjectDocument",
    "ProjectFact",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPicture",
    "ProjectSheet",
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
