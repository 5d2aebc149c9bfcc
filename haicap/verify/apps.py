"""Tells Django of this floor."""

from django.apps import AppConfig


class VerifyConfig(AppConfig):
    """The floor `verify` of the house."""

    name = "haicap.verify"
    label = "verify"
