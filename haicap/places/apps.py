"""Tells Django of this floor."""

from django.apps import AppConfig

from haicap.places import workdays


class PlacesConfig(AppConfig):
    """The floor `places` of the house."""

    name = "haicap.places"
    label = "places"

    def ready(self) -> None:
        """Lend the calendar the decisions of the database."""
        from haicap.places import decided  # noqa: PLC0415  models are known only now

        workdays.ask(decided)
