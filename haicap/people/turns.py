"""Whose turn it is, for every noun that waits for somebody."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Owner(models.TextChoices):
    """Whose turn it is; the tables of states say it for each state."""

    MACHINE = "machine", _("The machine")
    COMMUNE = "commune", _("The communes")
    OFFICE = "office", _("The provincial office")
    LEADER = "leader", _("The provincial leader")
    AGENCY = "agency", _("The lead agency")
    NOBODY = "nobody", _("Nobody")
