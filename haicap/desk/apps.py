"""Tells Django of this floor."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The floor `desk` of the house."""

    name = "haicap.desk"
    label = "desk"
