"""The page on which the office checks what the machine read, and its forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from haicap.core.errors import BadInput, NotNow
from haicap.listen import policies, queries_review
from haicap.listen.actions import statements
from haicap.listen.forms_review import (
    MissedForm,
    StatementForm,
    number,
    opened_on,
    stepped,
    typed,
)
from haicap.listen.models import Document, Statement
from haicap.people.guard import AuthenticatedRequest, acts, sees
from haicap.ui.page import page, wants_part


Stretch = tuple[int, int]
MOST_SELECTED = 20_000  # characters of one statement


@sees("screen")
def review(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Show the document with its statements, and one open card."""
    document = theirs(request, pk)
    if policies.why_not(policies.check_review, document):
        return redirect(document)
    board = queries_review.board(
        document,
        user=request.user,
        open_pk=asked(request, "statement"),
        kind=request.GET.get("kind", ""),
    )
    form: StatementForm | None = None
    if "add" in request.GET:
        form = missed_form(board, initial=selected(request))
    elif "edit" in request.GET and board.open:
        form = edit_form(board, initial=opened_on(board.open.statement))
    return shown(request, board, form=form, is_fresh="saved" in request.GET)


@acts("screen")
def accept(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The machine was right; on to the next."""
    return decided(request, pk, statements.accept)


@acts("screen")
def reject(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """This is no statement; on to the next."""
    return decided(request, pk, statements.reject)


def decided(
    request: AuthenticatedRequest, pk: int, decide: Callable[..., Statement]
) -> HttpResponse:
    """Take one decision on the statement as it stands, without a form."""
    statement = locked(request, pk)
    return settled(
        request,
        statement,
        lambda seen: decide(
            statement=statement, by=request.user, at=timezone.now(), seen=seen
        ),
    )


@acts("screen")
def correct(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Keep a correction: the whole form, or the kind alone from its five buttons."""
    statement = locked(request, pk)
    is_kind_only = "speaker" not in request.POST
    changes: dict[str, Any] = {"kind": request.POST.get("kind", "")}
    if not is_kind_only:
        board = opened(request, statement.document, statement.pk)
        if "step" in request.POST:
            return shown(
                request,
                board,
                form=edit_form(board, initial=moved(request, board)),
                status=422,
            )
        form = edit_form(board, data=request.POST)
        if not form.is_valid():
            return shown(request, board, form=form, status=422)
        changes = form.values()
    return settled(
        request,
        statement,
        lambda seen: statements.correct(
            statement=statement,
            by=request.user,
            at=timezone.now(),
            seen=seen,
            **changes,
        ),
        stays=is_kind_only,
        changes=changes,
    )


@acts("screen")
def add(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Add a statement that the machine missed."""
    document = theirs(request, pk, is_locked=True)
    board = opened(request, document, asked(request, "statement"))
    if "step" in request.POST:
        return shown(
            request,
            board,
            form=missed_form(board, initial=moved(request, board)),
            status=422,
        )
    form = missed_form(board, data=request.POST)
    if not form.is_valid():
        return shown(request, board, form=form, status=422)
    try:
        added = statements.add(
            document=document, by=request.user, at=timezone.now(), **form.values()
        )
    except (BadInput, NotNow) as refusal:
        form.add_error(None, str(refusal))
        return shown(request, board, form=form, status=422)
    return saved(request, document, added.pk, [(added.start, added.end)])


@acts("screen")
def accept_above(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Accept every statement that the machine is sure enough of."""
    document = theirs(request, pk, is_locked=True)
    percent = number(request.POST.get("percent"))
    done = statements.accept_above(
        document=document, threshold=percent / 100, by=request.user, at=timezone.now()
    )
    return saved(request, document, None, [(each.start, each.end) for each in done])


@acts("screen")
def undo(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take back the person's last step in this file."""
    document = theirs(request, pk, is_locked=True)
    spans = {each.pk: (each.start, each.end) for each in document.statements.all()}
    try:
        back = statements.undo(document=document, by=request.user, at=timezone.now())
    except NotNow as refusal:
        return refused(request, document, asked(request, "statement"), refusal)
    stretches = [(each.start, each.end) for each in back]
    stretches += [spans[each.pk] for each in back]
    pks = [each.pk for each in back]
    return saved(request, document, back[0].pk, stretches, keys=pks, is_undone=True)


def settled(
    request: AuthenticatedRequest,
    statement: Statement,
    act: Callable[[str], Statement],
    *,
    stays: bool = False,
    changes: dict[str, Any] | None = None,
) -> HttpResponse:
    """
    Return the page after one decision; 409 with both texts when another came first.

    A refusal is caught here, against the house's habit: this page is worked through with
    the keyboard, and an error page in its place would lose the card and what was typed.
    """
    document, seen = statement.document, request.POST.get("seen", "")
    if seen and seen != statements.stamp(statement):
        return conflict(request, statement, changes or {})
    before = (statement.start, statement.end)
    try:
        done = act(seen)
    except (BadInput, NotNow) as refusal:
        return refused(request, document, statement.pk, refusal, changes=changes)
    after = queries_review.next_waiting(
        document, after=done, kind=request.POST.get("kind_filter", "")
    )
    return saved(
        request,
        document,
        done.pk if stays else after,
        [before, (done.start, done.end)],
        keys=[done.pk] if before == (done.start, done.end) else [],
    )


def saved(
    request: AuthenticatedRequest,
    document: Document,
    open_pk: int | None,
    stretches: Iterable[Stretch],
    *,
    keys: Iterable[int] = (),
    is_undone: bool = False,
) -> HttpResponse:
    """Return what changed on the page; without htmx, the way back to it."""
    kind = request.POST.get("kind_filter", "")
    if not wants_part(request):
        url = queries_review.address(document, statement=open_pk, kind=kind, saved=1)
        return redirect(f"{url}#s{open_pk}" if open_pk else url)
    document.refresh_from_db(fields=["state"])
    board = opened(request, document, open_pk)
    context = {
        "board": board,
        "form": None,
        "is_fresh": not is_undone,
        "is_undone": is_undone,
        "reticked": queries_review.redrawn(board, keys),
        "touched": queries_review.touched(board, stretches),
    }
    response = render(request, "listen/_review_saved.html", context)
    response["HX-Replace-Url"] = queries_review.address(
        document, statement=board.open.pk if board.open else None, kind=board.kind
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def refused(
    request: AuthenticatedRequest,
    document: Document,
    open_pk: int | None,
    refusal: BadInput | NotNow,
    *,
    changes: dict[str, Any] | None = None,
) -> HttpResponse:
    """Return the same card with the sentence above it, and what was typed still there."""
    board = opened(request, document, open_pk)
    form = edit_form(board, data=request.POST) if changes and len(changes) > 1 else None
    status = 409 if isinstance(refusal, NotNow) else 422
    return shown(request, board, form=form, refusal=str(refusal), status=status)


def conflict(
    request: AuthenticatedRequest, statement: Statement, changes: dict[str, Any]
) -> HttpResponse:
    """Return both texts side by side: what stands now, and what this person sent."""
    board = opened(request, statement.document, statement.pk)
    text = board.text[changes["start"] : changes["end"]] if "start" in changes else ""
    last = statement.edits.filter(undone_at__isnull=True).select_related("by").last()
    mine = Statement(
        **{name: getattr(statement, name) for name in Statement.CONTENT} | changes
    )
    mine.text = text or statement.text
    sent = [
        (name, value)
        for name in request.POST
        for value in request.POST.getlist(name)
        if name not in ("csrfmiddlewaretoken", "idempotency_key", "seen")
    ]
    context = {
        "board": board,
        "mine": mine,
        "theirs": statement,
        "last": last,
        "sent": sent,
        "verb": request.path.rstrip("/").rpartition("/")[2],
        "action": request.path,
        "form": None,
        "is_fresh": False,
        "touched": queries_review.touched(board, [(statement.start, statement.end)])
        if wants_part(request)
        else [],
    }
    return page(request, "listen/review_conflict.html", context, status=409)


def shown(
    request: AuthenticatedRequest,
    board: queries_review.Board,
    *,
    form: StatementForm | None = None,
    refusal: str = "",
    is_fresh: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Return the page, or for htmx its column of cards."""
    context = {
        "board": board,
        "form": form,
        "refusal": refusal,
        "is_adding": isinstance(form, MissedForm),
        "is_fresh": is_fresh,
    }
    return page(request, "listen/review.html", context, status=status)


def theirs(
    request: AuthenticatedRequest, pk: int, *, is_locked: bool = False
) -> Document:
    """Return the file, when the person may see it; else it does not exist."""
    rows = Document.objects.visible_to(request.user)
    if is_locked:
        return get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
    return get_object_or_404(rows.select_related("round", "unit", "sent_by"), pk=pk)


def locked(request: AuthenticatedRequest, pk: int) -> Statement:
    """
    Return the statement, locked, when the person may see it.

    The file is locked first, as the actions do: two people never wait for each other.
    """
    files = Document.objects.visible_to(request.user).select_for_update(of=("self",))
    document = files.filter(statements__pk=pk).first()
    if document is None:
        raise Http404
    statement = document.statements.select_for_update(of=("self",)).get(pk=pk)
    statement.document = document
    return statement


def opened(
    request: AuthenticatedRequest, document: Document, open_pk: int | None
) -> queries_review.Board:
    """Return the page's content after a form, with the filter that the form carried."""
    return queries_review.board(
        document,
        user=request.user,
        open_pk=open_pk,
        kind=request.POST.get("kind_filter", ""),
    )


def asked(request: AuthenticatedRequest, name: str) -> int | None:
    """Return a key from the address or the form; None when there is none."""
    pk = number(request.POST.get(name) or request.GET.get(name))
    return pk if 0 <= pk < 2**63 else None


def selected(request: AuthenticatedRequest) -> dict[str, Any]:
    """Return the stretch that the address names, for the form of a missed statement."""
    start, end = number(request.GET.get("start")), number(request.GET.get("end"))
    initial: dict[str, Any] = {"kind": "recommendation"}
    if 0 <= start < end <= start + MOST_SELECTED:
        initial |= {"start": start, "end": end}
    return initial


def moved(request: AuthenticatedRequest, board: queries_review.Board) -> dict[str, Any]:
    """Return what was typed, with one end of the stretch moved by a word."""
    initial = typed(request.POST)
    start, end = number(initial.get("start")), number(initial.get("end"))
    start, end = stepped(board.text, start, end, str(initial.get("step")))
    return initial | {"start": start, "end": end}


def edit_form(board: queries_review.Board, **kwargs: Any) -> StatementForm:
    """Return the form of the open statement."""
    return StatementForm(text=board.text, units=board.units, **kwargs)


def missed_form(board: queries_review.Board, **kwargs: Any) -> MissedForm:
    """Return the form of a statement that the machine missed."""
    return MissedForm(text=board.text, units=board.units, **kwargs)
