"""The pages that belong to no single room."""

from .heartbeat import Heartbeat
from .home import HomePage
from .standard import StandardPage

__all__ = ["Heartbeat", "HomePage", "StandardPage"]
