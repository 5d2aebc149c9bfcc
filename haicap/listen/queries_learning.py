"""What persons made of the machine's proposals, as documents to learn from."""

from __future__ import annotations

from haicap.listen.learning import Item, Sample
from haicap.listen.models import Document
from haicap.listen.states import DocumentState, StatementState


def corrected() -> list[Sample]:
    """
    Return every document whose statements are all settled, each text once.

    What was accepted, corrected or added is right; what was dismissed is no statement.
    Rows of a workbook teach nothing about texts.
    """
    documents = (
        Document.objects.filter(state=DocumentState.CHECKED, body__isnull=False)
        .exclude(statements__state=StatementState.PROPOSED)
        .exclude(statements__line__isnull=False)
        .select_related("body")
        .prefetch_related("statements")
        .order_by("pk")
    )
    found: dict[str, Sample] = {}
    for document in documents:
        # The same text twice: the later checking counts.
        found[document.body.text] = Sample(
            str(document.pk),
            document.body.text,
            tuple(
                Item(one.kind, one.start, one.end)
                for one in document.statements.all()
                if one.state == StatementState.ACCEPTED
            ),
        )
    return list(found.values())
