"""A span of a document: what the machine proposed and what a person made of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from haicap.listen.models.document import Document
from haicap.listen.states import StatementKind, StatementState
from haicap.people import permissions
from haicap.people.models import User


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements by who may see them."""

    def visible_to(self, user: User) -> StatementQuerySet:
        """Return the statements of the files that this person may see."""
        if not permissions.has(user, "read_submitted"):
            return self.none()
        return self.filter(document__in=Document.objects.visible_to(user).values("pk"))


class Statement(models.Model):
    """Exact words of a document with what they are; always one click from their place."""

    # What a person may correct; `proposed` and every edit hold just these.
    CONTENT: ClassVar[tuple[str, ...]] = (
        "kind",
        "start",
        "end",
        "text",
        "speaker",
        "addressee",
        "fields",
        "communes",
        "units",
        "deadline",
        "deadline_text",
        "state",
    )

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="statements"
    )
    kind = models.CharField(max_length=20, choices=StatementKind.choices)
    start = models.PositiveIntegerField()  # offset in the document's text
    end = models.PositiveIntegerField()
    text = models.TextField()
    speaker = models.CharField(max_length=300, blank=True)
    addressee = models.CharField(max_length=300, blank=True)
    fields = models.JSONField(default=list, blank=True)  # slugs, main one first
    communes = models.JSONField(default=list, blank=True)  # names, what it is about
    units = models.JSONField(default=list, blank=True)  # codes of the units that say it
    deadline = models.DateField(null=True, blank=True)
    deadline_text = models.CharField(max_length=200, blank=True)
    confidence = models.FloatField(null=True, blank=True)  # 0-1; none: by a person
    rule = models.CharField(max_length=60, blank=True)
    why = models.JSONField(default=list, blank=True)  # [[what, words], ...]
    proposed = models.JSONField(null=True, blank=True)  # the machine's, never changed
    line = models.PositiveIntegerField(null=True, blank=True)  # of a workbook
    state = models.CharField(
        max_length=20, choices=StatementState.choices, default=StatementState.PROPOSED
    )
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["document_id", "start", "-end"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="statement_has_words"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="statement_settled_by_and_at_together",
            ),
        ]
        indexes = [
            models.Index(fields=["document", "start"], name="statement_place"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def content(self) -> dict[str, Any]:
        """Return what a person may correct, as JSON keeps it."""
        content = {name: getattr(self, name) for name in self.CONTENT}
        content["deadline"] = self.deadline.isoformat() if self.deadline else None
        return content


class StatementEdit(models.Model):
    """One step of checking: what stood before and after; `batch` is undone together."""

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="edits"
    )
    batch = models.UUIDField(db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(null=True)  # none: the statement was added by this edit
    after = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
