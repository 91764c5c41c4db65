from django.apps import AppConfig


class WiringConfig(AppConfig):
    """The wiring room: settings, addresses, timetable, and what runs on a laptop."""

    name = "config"
