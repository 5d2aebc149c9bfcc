"""Tells Django of this floor."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The floor `ledger` of the house."""

    name = "haicap.ledger"
    label = "ledger"
