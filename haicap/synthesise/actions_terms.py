"""Keeps the words of asks, by which what is like them is found."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.db.models import F

from haicap.core.text.matters import matter
from haicap.listen.models import Recommendation
from haicap.listen.models.recommendation import RecommendationQuerySet
from haicap.synthesise.models import Term, TermOfAsk


AT_ONCE = 1_000  # asks that are taken in by one statement to the database


def not_taken_in() -> RecommendationQuerySet:
    """Return the standing asks whose words are not kept yet."""
    return Recommendation.objects.standing().filter(terms__isnull=True)


def take_in(asks: RecommendationQuerySet) -> list[int]:
    """Keep the words of these asks, those known already left out; return the others."""
    new = asks.filter(terms__isnull=True).order_by("pk")
    taken: list[int] = []
    while rows := list(new.values_list("pk", "text")[:AT_ONCE]):
        keep({pk: [term for term, _w in matter(text).terms] for pk, text in rows})
        taken += (pk for pk, _text in rows)
    return taken


@transaction.atomic
def keep(words: dict[int, list[str]]) -> None:
    """Write the words of some asks, and count them; the nameless word counts all."""
    words = {pk: said or [""] for pk, said in words.items()}
    counts = Counter(word for said in words.values() for word in said)
    counts[""] = len(words)
    Term.objects.bulk_create(
        (Term(name=word) for word in counts), ignore_conflicts=True
    )
    terms = {term.name: term for term in Term.objects.filter(name__in=counts)}
    # Two who take in the same ask at once count it twice: that only makes its words
    # look a little more common.
    by_count: dict[int, list[int]] = {}
    for word, n in counts.items():
        by_count.setdefault(n, []).append(terms[word].pk)
    for n, pks in by_count.items():
        Term.objects.filter(pk__in=pks).update(n_asks=F("n_asks") + n)
    TermOfAsk.objects.bulk_create(
        (
            TermOfAsk(term=terms[word], recommendation_id=pk)
            for pk, said in words.items()
            for word in said
        ),
        ignore_conflicts=True,
    )
