"""What is true of what residents and the commune build together."""

from .project import ProjectFact, ProjectIndexPage, ProjectPage, ProjectPicture, Stage

__all__ = ["ProjectFact", "ProjectIndexPage", "ProjectPage", "ProjectPicture", "Stage"]
