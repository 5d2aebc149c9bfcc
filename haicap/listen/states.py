"""What may follow what for a file and for a statement, and whose turn it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from haicap.people.turns import Owner


class DocumentState(models.TextChoices):
    """How far a file has come."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    READ = "read", _("To be checked")
    CHECKED = "checked", _("Checked")
    FAULTY = "faulty", _("The table has faults")
    UNREADABLE = "unreadable", _("Could not be read")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DOCUMENT_TRANSITIONS: dict[DocumentState, set[DocumentState]] = {
    DocumentState.WAITING: {DocumentState.READING, DocumentState.WITHDRAWN},
    DocumentState.READING: {
        DocumentState.WAITING,  # the reader died; another one starts again
        DocumentState.READ,
        DocumentState.FAULTY,
        DocumentState.UNREADABLE,
        DocumentState.REFUSED,
    },
    DocumentState.READ: {DocumentState.CHECKED, DocumentState.WITHDRAWN},
    DocumentState.CHECKED: {DocumentState.READ},
    DocumentState.FAULTY: set(),
    DocumentState.UNREADABLE: {DocumentState.WAITING},
    DocumentState.REFUSED: set(),
    DocumentState.WITHDRAWN: set(),
}

DOCUMENT_OWNER: dict[DocumentState, Owner] = {
    DocumentState.WAITING: Owner.MACHINE,
    DocumentState.READING: Owner.MACHINE,
    DocumentState.READ: Owner.OFFICE,
    DocumentState.CHECKED: Owner.NOBODY,
    DocumentState.FAULTY: Owner.COMMUNE,
    DocumentState.UNREADABLE: Owner.COMMUNE,
    DocumentState.REFUSED: Owner.NOBODY,
    DocumentState.WITHDRAWN: Owner.NOBODY,
}


class StatementState(models.TextChoices):
    """What a person made of a proposed statement."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Dismissed")


STATEMENT_TRANSITIONS: dict[StatementState, set[StatementState]] = {
    StatementState.PROPOSED: {StatementState.ACCEPTED, StatementState.REJECTED},
    StatementState.ACCEPTED: {StatementState.PROPOSED, StatementState.REJECTED},
    StatementState.REJECTED: {StatementState.PROPOSED, StatementState.ACCEPTED},
}


class StatementKind(models.TextChoices):
    """The five kinds of statement."""

    DIFFICULTY = "difficulty", _("Difficulty")
    RECOMMENDATION = "recommendation", _("Recommendation")
    REPLY = "reply", _("Reply")
    DIRECTIVE = "directive", _("Directive")
    RESULT = "result", _("Result")


class Source(models.TextChoices):
    """How a recommendation came in."""

    DOCUMENT = "document", _("A document")
    WORKBOOK = "workbook", _("A workbook row")


class RecommendationState(models.TextChoices):
    """Whether a recommendation stands; where it is on its way is told by its case."""

    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Below this confidence a proposal is shown as "not sure, please look closely".
UNSURE_BELOW = 0.7
