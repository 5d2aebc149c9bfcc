"""The nouns of LISTEN: round, document, statement, recommendation."""

from haicap.listen.models.document import Document, DocumentText
from haicap.listen.models.recommendation import Recommendation
from haicap.listen.models.round import Round
from haicap.listen.models.statement import Statement, StatementEdit


__all__ = [
    "Document",
    "DocumentText",
    "Recommendation",
    "Round",
    "Statement",
    "StatementEdit",
]
