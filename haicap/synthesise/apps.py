"""Tells Django of this floor."""

from django.apps import AppConfig


class SynthesiseConfig(AppConfig):
    """The floor `synthesise` of the house."""

    name = "haicap.synthesise"
    label = "synthesise"
