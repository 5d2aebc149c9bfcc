"""What is like this? asked of the words that the database keeps."""

from __future__ import annotations

from django.db.models import Count

from haicap.core.text.group import SEEN, Ask, Near, nearest
from haicap.core.text.matters import matter
from haicap.listen.models.recommendation import RecommendationQuerySet
from haicap.synthesise.models import Term, TermOfAsk


BUDGET = 3_000  # words of asks that are counted for one question
TRIED = 60  # asks that are compared in full


def nearest_asks(
    ask: Ask, *, among: RecommendationQuerySet, most: int = 10, least: float = SEEN
) -> list[Near]:
    """
    Return the asks most like this one, out of those that may be seen; four queries.

    The rarest words are followed first, and no more than BUDGET rows are counted, so it
    takes as long among a hundred thousand asks as among a thousand.
    """
    names = [term for term, _weight in matter(ask.text).terms]
    known = list(Term.objects.filter(name__in=[*names, ""]).order_by("n_asks", "name"))
    n = next((term.n_asks for term in known if not term.name), 0)
    words = [term for term in known if term.name]
    if not words:
        return []
    followed, left = [words[0].pk], BUDGET - words[0].n_asks
    for term in words[1:]:
        left -= term.n_asks
        if left < 0:
            break
        followed.append(term.pk)
    said = TermOfAsk.objects.filter(term__in=followed)
    if words[0].n_asks > BUDGET:  # even the rarest is common: the newest stand for all
        said = said.filter(pk__in=said.order_by("-pk").values("pk")[:BUDGET])
    if ask.key.isdecimal():
        said = said.exclude(recommendation=int(ask.key))
    ranked = (
        said.filter(recommendation__in=among.order_by().values("pk"))
        .values_list("recommendation")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "-recommendation")
    )
    tried = [pk for pk, _shared in ranked[:TRIED]]
    others = [
        Ask(str(pk), text, tuple(fields), (unit,) if unit else ())
        for pk, text, fields, unit in among.filter(pk__in=tried).values_list(
            "pk", "text", "fields", "unit__code"
        )
    ]
    counts = dict(
        Term.objects.filter(asks__in=tried).values_list("name", "n_asks").distinct()
    )
    counts |= {term.name: term.n_asks for term in words}
    return nearest(ask, others, counts=counts, n=n, most=most, least=least)
