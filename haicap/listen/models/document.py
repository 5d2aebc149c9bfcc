"""A file as it was received, and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from haicap.listen.models.round import Round
from haicap.listen.states import DOCUMENT_TRANSITIONS, DocumentState
from haicap.people import permissions
from haicap.people.models import User
from haicap.places.models import Unit


if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from haicap.listen.models.statement import Statement


class DocumentQuerySet(models.QuerySet["Document"]):
    """Files by who may see them and how far they are."""

    def visible_to(self, user: User) -> DocumentQuerySet:
        """Return the files that this person may see."""
        if permissions.reaches_province(user, "read_submitted"):
            # A commune's draft is the commune's until its leader sends it.
            return self.filter(Q(submitted_at__isnull=False) | Q(sent_by=user))
        own = Q(unit_id__in=user.unit_ids) if user.unit_ids else Q(pk__in=())
        if user.agency_ids:
            # Two steps, so that the case's agencies are not joined to every row here.
            led = Q(recommendations__voice__case__lead_id__in=user.agency_ids)
            shared = Q(recommendations__voice__case__coordinators__in=user.agency_ids)
            ids = Document.objects.filter(led | shared).values("pk")
            own |= Q(pk__in=ids)
        return self.filter(own)

    def submitted(self) -> DocumentQuerySet:
        """Return the files that reached the province and stand."""
        return self.filter(submitted_at__isnull=False).exclude(
            state__in=[DocumentState.WITHDRAWN, DocumentState.REFUSED]
        )

    def to_check(self) -> DocumentQuerySet:
        """Return the files that wait for the office to check what was read."""
        return self.submitted().filter(state=DocumentState.READ)


class Document(models.Model):
    """A file as received: its bytes are named by their SHA-256 and never change."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="documents")
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )  # none: it speaks for the whole conference
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_entered_for = models.BooleanField(default=False)  # the office, for the unit
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=DocumentState.choices, default=DocumentState.WAITING
    )
    reading_started_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    pages_read = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(null=True, blank=True)
    # The reason and the notes are [sentence, parameters], turned into words on the page.
    reason = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True)
    is_demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()

    if TYPE_CHECKING:
        statements: RelatedManager[Statement]

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit", "sha256"],
                # What was withdrawn may be sent again, as a new row.
                condition=Q(unit__isnull=False)
                & ~Q(state=DocumentState.WITHDRAWN.value),
                name="file_once_per_round_and_unit",
            ),
            models.UniqueConstraint(
                fields=["round", "sha256"],
                condition=Q(unit__isnull=True)
                & ~Q(state=DocumentState.WITHDRAWN.value),
                name="file_once_per_round",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="document_submitted_by_and_at_together",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "received_at"], name="document_queue"),
            models.Index(fields=["sha256"], name="document_sha256"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the file's own page."""
        return reverse("listen:document", args=[self.pk])

    def move_to(self, state: DocumentState) -> None:
        """Set the state, or fail loudly when the table does not know this step."""
        if state not in DOCUMENT_TRANSITIONS[DocumentState(self.state)]:
            raise ValueError(f"document {self.pk}: {self.state} -> {state}")
        self.state = state


class DocumentText(models.Model):
    """What a file says, in NFC; apart from the file's row, which lists often."""

    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.CASCADE, related_name="body"
    )
    text = models.TextField()
    # [[offset in text, offset in the file's own text], ...] where the two drift apart
    offsets = models.JSONField(default=list, blank=True)
