"""What may follow what for a case, an assignment and a reply, and whose turn it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from haicap.people.turns import Owner


class CaseState(models.TextChoices):
    """Where one matter is."""

    OPEN = "open", _("Nobody has it yet")
    PROPOSED = "proposed", _("Waiting for the leader")
    ASSIGNED = "assigned", _("In work")
    REPLIED = "replied", _("Waiting for confirmation")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged into another case")


# Merging and splitting set MERGED and OPEN too; their undo restores the rows as they were.
CASE_TRANSITIONS: dict[CaseState, set[CaseState]] = {
    CaseState.OPEN: {CaseState.PROPOSED, CaseState.MERGED},
    CaseState.PROPOSED: {CaseState.OPEN, CaseState.ASSIGNED, CaseState.MERGED},
    CaseState.ASSIGNED: {CaseState.REPLIED, CaseState.MERGED},
    CaseState.REPLIED: {CaseState.ASSIGNED, CaseState.ANSWERED},
    CaseState.ANSWERED: {CaseState.ASSIGNED, CaseState.CLOSED},
    CaseState.CLOSED: {CaseState.ASSIGNED},
    CaseState.MERGED: set(),
}

CASE_OWNER: dict[CaseState, Owner] = {
    CaseState.OPEN: Owner.OFFICE,
    CaseState.PROPOSED: Owner.LEADER,
    CaseState.ASSIGNED: Owner.AGENCY,
    CaseState.REPLIED: Owner.OFFICE,
    CaseState.ANSWERED: Owner.COMMUNE,
    CaseState.CLOSED: Owner.NOBODY,
    CaseState.MERGED: Owner.NOBODY,
}

# With these the matter is led by exactly one agency.
LED = (CaseState.ASSIGNED, CaseState.REPLIED, CaseState.ANSWERED, CaseState.CLOSED)
# With these every author has the reply.
ANSWERED = (CaseState.ANSWERED, CaseState.CLOSED)


class ReplyState(models.TextChoices):
    """How far one reply has come."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned")


REPLY_TRANSITIONS: dict[ReplyState, set[ReplyState]] = {
    ReplyState.DRAFT: {ReplyState.SENT},
    ReplyState.SENT: {ReplyState.CONFIRMED, ReplyState.RETURNED},
    ReplyState.CONFIRMED: set(),
    ReplyState.RETURNED: set(),
}

REPLY_OWNER: dict[ReplyState, Owner] = {
    ReplyState.DRAFT: Owner.AGENCY,
    ReplyState.SENT: Owner.OFFICE,
    ReplyState.CONFIRMED: Owner.COMMUNE,
    ReplyState.RETURNED: Owner.NOBODY,  # a fresh draft took its place
}


class OutcomeClass(models.TextChoices):
    """What a reply says became of the matter (Phân loại kết quả)."""

    SOLVED_LEGAL_DOC = "solved_legal_doc", _("Solved: a rule was issued or amended")
    SOLVED_INSPECTION = "solved_inspection", _("Solved: by inspection")
    SOLVED_EXECUTION = "solved_execution", _("Solved: carried out")
    IN_PROGRESS_ROADMAP = "in_progress_roadmap", _("In progress: with dated steps")
    IN_PROGRESS_SUBMITTED = (
        "in_progress_submitted",
        _("In progress: submitted to the upper level"),
    )
    IN_PROGRESS_NO_ROADMAP = "in_progress_no_roadmap", _("In progress: no dated steps")
    IN_PROGRESS_NO_RESOURCES = (
        "in_progress_no_resources",
        _("In progress: no resources yet"),
    )
    IN_PROGRESS_NOT_YET_POSSIBLE = (
        "in_progress_not_yet_possible",
        _("In progress: not possible at once"),
    )
    IN_PROGRESS_UPPER_RULE = (
        "in_progress_upper_rule",
        _("In progress: depends on a rule of the upper level"),
    )
    WILL_SOLVE = "will_solve", _("Will be solved")
    EXPLAINED = "explained", _("Explained, information given")
    OUT_OF_COMPETENCE = (
        "out_of_competence_forwarded",
        _("Not within competence, forwarded"),
    )


SOLVED = (
    OutcomeClass.SOLVED_LEGAL_DOC,
    OutcomeClass.SOLVED_INSPECTION,
    OutcomeClass.SOLVED_EXECUTION,
)


class Verdict(models.TextChoices):
    """What the leader said to a proposed assignment."""

    PENDING = "pending", _("Waiting for the leader")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    REPLACED = "replaced", _("Replaced by a newer proposal")
