"""The pages that belong to no single room."""

from .heartbeat import Heartbeat
from .home import HomePage
from .standard import PagePurpose, StandardPage

__all__ = ["Heartbeat", "HomePage", "PagePurpose", "StandardPage"]
