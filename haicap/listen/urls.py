"""Addresses of this floor."""

from __future__ import annotations

from django.urls import URLPattern, path

from haicap.listen.views import documents, review, rounds, sending


app_name = "listen"
urlpatterns: list[URLPattern] = [
    path("send/", sending.send, name="send"),
    path("receive/", sending.receive, name="receive"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/line/", sending.document_line, name="document-line"),
    path("documents/<int:pk>/original/", documents.original, name="original"),
    path("documents/<int:pk>/submit/", documents.submit, name="submit"),
    path("documents/<int:pk>/withdraw/", documents.withdraw, name="withdraw"),
    path("documents/<int:pk>/retry/", documents.retry, name="retry"),
    path("documents/<int:pk>/review/", review.review, name="review"),
    path("documents/<int:pk>/accept-above/", review.accept_above, name="accept-above"),
    path("documents/<int:pk>/add/", review.add, name="add"),
    path("documents/<int:pk>/undo/", review.undo, name="undo"),
    path("statements/<int:pk>/accept/", review.accept, name="accept"),
    path("statements/<int:pk>/correct/", review.correct, name="correct"),
    path("statements/<int:pk>/reject/", review.reject, name="reject"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<int:pk>/", rounds.round_, name="round"),
    path("rounds/<int:pk>/not-sent.xlsx", rounds.round_silent, name="round-silent"),
    path("rounds/open/", rounds.open_round, name="open-round"),
    path("rounds/add/", rounds.rounds_add, name="rounds-add"),
]
