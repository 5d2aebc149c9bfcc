"""
Two tables that only grow: what happened, and which form was already answered.

The ledger has no foreign keys, so history outlives the rows it speaks of.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What can happen. A value never changes; a new verb adds a line."""

    SIGNED_IN = "signed_in", _("signed in")
    REGISTRY_LOADED = "registry_loaded", _("loaded reference data")
    ROUND_OPENED = "round_opened", _("opened a round")
    ROUND_CHANGED = "round_changed", _("changed a round")
    DOCUMENT_RECEIVED = "document_received", _("sent a file")
    DOCUMENT_READ = "document_read", _("a file was read")
    DOCUMENT_UNREADABLE = "document_unreadable", _("a file could not be read")
    DOCUMENT_SUBMITTED = "document_submitted", _("approved and sent to the province")
    DOCUMENT_WITHDRAWN = "document_withdrawn", _("withdrew a file")
    STATEMENT_ACCEPTED = "statement_accepted", _("accepted a statement")
    STATEMENT_CORRECTED = "statement_corrected", _("corrected a statement")
    STATEMENT_REJECTED = "statement_rejected", _("dismissed a statement")
    STATEMENT_ADDED = "statement_added", _("added a statement")
    STATEMENTS_ACCEPTED = "statements_accepted", _("accepted several statements")
    STATEMENT_UNDONE = "statement_undone", _("undid the last check")
    WEIGHTS_LEARNED = "weights_learned", _("the reader learned from corrections")
    WEIGHTS_RESTORED = "weights_restored", _("the reader went back to earlier weights")
    SUGGESTION_DISMISSED = "suggestion_dismissed", _("said these are different matters")
    SUGGESTION_RESTORED = "suggestion_restored", _("brought a suggestion back")
    CASE_OPENED = "case_opened", _("opened a case")
    CASE_RENAMED = "case_renamed", _("renamed a case")
    CASES_MERGED = "cases_merged", _("merged cases")
    CASE_SPLIT = "case_split", _("split a case")
    VOICE_MOVED = "voice_moved", _("moved a voice")
    REGROUPING_UNDONE = "regrouping_undone", _("undid a regrouping")
    ASSIGNMENT_PROPOSED = "assignment_proposed", _("proposed who leads")
    ASSIGNMENT_DECIDED = "assignment_decided", _("decided who leads")
    ASSIGNMENT_RETURNED = "assignment_returned", _("returned a proposal")
    CLOCK_STOPPED = "clock_stopped", _("stopped the clock")
    CLOCK_RESUMED = "clock_resumed", _("let the clock run on")
    EXTENSION_ASKED = "extension_asked", _("asked for more time")
    EXTENSION_GRANTED = "extension_granted", _("gave more time")
    EXTENSION_REFUSED = "extension_refused", _("refused more time")
    ROUTING_CHANGED = "routing_changed", _("changed the routing table")
    REPLY_DRAFTED = "reply_drafted", _("saved a draft reply")
    REPLY_SENT = "reply_sent", _("sent a reply")
    REPLY_CONFIRMED = "reply_confirmed", _("confirmed the outcome class")
    REPLY_RETURNED = "reply_returned", _("returned a reply")
    CASE_PUBLISHED = "case_published", _("published a case")
    CASE_UNPUBLISHED = "case_unpublished", _("took a case off the public page")
    OUTCOME_ACCEPTED = "outcome_accepted", _("said it is solved")
    REOPENING_ASKED = "reopening_asked", _("asked to reopen")
    REOPENING_GRANTED = "reopening_granted", _("reopened the case")
    REOPENING_DECLINED = "reopening_declined", _("declined to reopen")
    CASE_CLOSED = "case_closed", _("closed the case")
    VIEW_SAVED = "view_saved", _("saved a view")
    VIEW_REMOVED = "view_removed", _("removed a saved view")
    PREFERENCES_CHANGED = "preferences_changed", _("changed preferences")
    CALENDAR_DECIDED = "calendar_decided", _("entered a decision on working days")
    CALENDAR_WITHDRAWN = (
        "calendar_withdrawn",
        _("withdrew a decision on working days"),
    )
    RECEIPTS_SWEPT = "receipts_swept", _("let go of old form receipts")


def chain(previous: str, body: str) -> str:
    """Return the SHA-256, in hex, that seals `body` to the line before it."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def canonical(value: dict[str, Any]) -> str:
    """Return the one JSON text of `value`: sorted keys, no spaces, marks kept."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Event(models.Model):
    """One line: who did what, when, on what; sealed to the line before."""

    Kind = Kind

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40, choices=Kind.choices)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150, blank=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    body = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "seq"], name="event_subject"
            )
        ]

    @property
    def data(self) -> dict[str, Any]:
        """Return the old and new values that the action wrote."""
        data: dict[str, Any] = json.loads(self.body)["data"]
        return data


class Head(models.Model):
    """The last line's number and hash; its row lock makes the numbers gapless."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="ledger_has_one_head")
        ]


class Receipt(models.Model):
    """
    The answer that one form got, so that the same form twice has one effect.

    It is kept for ninety days, then `receipts.sweep` removes it.
    """

    user_id = models.BigIntegerField()
    key = models.UUIDField()
    body_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()
    location = models.TextField(blank=True)
    content_type = models.CharField(max_length=80, blank=True)
    content = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user_id", "key"], name="receipt_once")
        ]
        indexes = [models.Index(fields=["at"], name="receipt_age")]
