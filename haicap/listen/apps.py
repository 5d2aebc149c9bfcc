"""Tells Django of this floor."""

from django.apps import AppConfig


class ListenConfig(AppConfig):
    """The floor `listen` of the house."""

    name = "haicap.listen"
    label = "listen"
