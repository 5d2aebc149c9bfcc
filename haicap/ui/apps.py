"""Tells Django of this floor."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The floor `ui` of the house."""

    name = "haicap.ui"
    label = "ui"
