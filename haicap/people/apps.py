"""Tells Django of this floor."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The floor `people` of the house."""

    name = "haicap.people"
    label = "people"
