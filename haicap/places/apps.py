"""Tells Django of this floor."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The floor `places` of the house."""

    name = "haicap.places"
    label = "places"
