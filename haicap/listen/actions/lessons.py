"""
Weights that were learned here are taken into use, or those before them again.

The chain is on the disk, under its own name, before the list names it; renaming the list
is the last step, inside the transaction of its line in the ledger.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from haicap.core.errors import BadInput, NotNow
from haicap.ledger.models import Kind
from haicap.ledger.record import record
from haicap.listen import storage, weights
from haicap.listen.learning import Lesson
from haicap.people.models import User
from haicap.places.models import Unit
from haicap.places.registry import PROVINCE


@transaction.atomic
def keep(
    *, lesson: Lesson, instead_of: str, by: User | None, at: datetime
) -> weights.Version:
    """
    Take new weights into use; a worker reads its next document with them.

    `instead_of`: the name of the weights that they were compared with. What reads worse
    is never taken.
    """
    if sentences := lesson.worse():
        raise NotNow(" ".join(sentences))
    version = weights.Version(
        hashlib.sha256(lesson.chain).hexdigest(), weights.shipped_sha256(), lesson.sure
    )
    record(
        Kind.WEIGHTS_LEARNED,
        subject=Unit.objects.get(code=PROVINCE),
        by=by,
        at=at,
        weights=version.sha256,
        before=instead_of,
        documents=lesson.n_learned,
        f1=[[round(p.before.f1, 4), round(p.after.f1, 4)] for p in lesson.parts],
    )
    # The ledger's head is locked now: nobody else is at this place.
    if weights.name_in_use() != instead_of:
        raise NotNow(
            "Other weights were taken into use meanwhile: run `haicap learn` again."
        )
    storage.write_whole(weights.chain_file(version.sha256), lesson.chain)
    others = [
        one
        for one in usable()
        if one.sha256 != version.sha256 and one.shipped == version.shipped
    ]
    kept = [*others, version][-weights.KEPT :]
    storage.write_whole(weights.listed(), weights.as_json(kept))
    sweep(kept)
    return version


def usable() -> list[weights.Version]:
    """Return the versions there are; none when their list is broken and says so."""
    try:
        return weights.versions()
    except weights.Broken:
        return []


def sweep(kept: list[weights.Version]) -> None:
    """Remove chains that no version names, and what a power cut left half written."""
    names = {weights.chain_file(one.sha256) for one in kept} | {weights.listed()}
    for path in weights.folder().iterdir():
        if path not in names:
            path.unlink(missing_ok=True)


@transaction.atomic
def back(*, by: User | None, at: datetime) -> str:
    """Take the weights before the last ones into use again; return their name."""
    try:
        kept = weights.versions()
    except weights.Broken as error:
        raise BadInput(str(error).replace("%", "%%")) from error
    if not kept:
        raise BadInput(
            "The shipped weights are in use: there are none to go back from."
        )
    name = kept[-2].sha256 if len(kept) > 1 else weights.shipped_sha256()
    record(
        Kind.WEIGHTS_RESTORED,
        subject=Unit.objects.get(code=PROVINCE),
        by=by,
        at=at,
        weights=name,
        before=kept[-1].sha256,
    )
    storage.write_whole(weights.listed(), weights.as_json(kept[:-1]))
    return name
