"""Tells Django of this floor."""

from django.apps import AppConfig


class ResolveConfig(AppConfig):
    """The floor `resolve` of the house."""

    name = "haicap.resolve"
    label = "resolve"
