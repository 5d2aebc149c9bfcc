"""`haicap export`: the lists and the consolidated table as files, without a browser."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from haicap.core.errors import HaicapError
from haicap.desk import lists_cases as cases
from haicap.desk import lists_recommendations as recommendations
from haicap.desk.lists import Choice, chips, sentence
from haicap.desk.papers.cases import consolidated
from haicap.desk.papers.consolidated import as_docx, as_xlsx
from haicap.people import permissions
from haicap.people.models import Role, User
from haicap.ui.sheets import Column, write_csv, write_sheet


FORMATS = {
    "cases": ("xlsx", "csv"),
    "recommendations": ("xlsx", "csv"),
    "paper": ("docx", "xlsx"),
}


class Command(BaseCommand):
    """See the module."""

    help = "Write cases, recommendations or the consolidated table as a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what, how, where to and for whom."""
        parser.add_argument("what", choices=list(FORMATS))
        parser.add_argument("--format", choices=["xlsx", "docx", "csv"])
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--filter",
            default="",
            metavar="QUERY",
            help="what stands behind the ? of the list's address: stage=answered&due=late",
        )
        parser.add_argument(
            "--user",
            default="",
            metavar="NAME",
            help="export what this account may read (default: the provincial office)",
        )

    def handle(self, **options: Any) -> None:
        """Write the file, and say how long it is."""
        what, out = options["what"], options["out"]
        ending = options["format"] or out.suffix.lower().lstrip(".")
        ending = ending or FORMATS[what][0]
        if ending not in FORMATS[what]:
            known = " or ".join(FORMATS[what])
            raise CommandError(f"{what} can be written as {known}.", returncode=2)
        if not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}.", returncode=2)
        user = self.reader(options["user"])
        params = QueryDict(options["filter"].removeprefix("?"))
        with translation.override("vi"):
            try:
                body = self.body(what, ending, user, params)
            except HaicapError as error:
                raise CommandError(str(error), returncode=2) from error
        out.write_bytes(body)
        self.stdout.write(f"{out}: {len(body)} bytes")

    def reader(self, name: str) -> User:
        """Return the account whose rights the export has."""
        users = User.objects.filter(is_active=True)
        if name:
            user = users.filter(username=name).first()
        else:
            today = timezone.localdate()
            held = users.filter(posts__role=Role.OFFICE, posts__starts_on__lte=today)
            user = held.order_by("pk").first()
        if user is None or not permissions.has(user, "export"):
            raise CommandError(
                "No such account, or it may not export. Name one with --user.",
                returncode=2,
            )
        return user

    def body(self, what: str, ending: str, user: User, params: QueryDict) -> bytes:
        """Return the file."""
        today = timezone.localdate()
        if what == "recommendations":
            asks = recommendations.filtered_recommendations(user, params)
            return sheet(
                ending,
                recommendations.recommendation_columns(),
                recommendations.recommendation_cells(asks),
                title=_("Recommendations"),
                choices=recommendations.recommendation_choices(params),
                params=params,
                user=user,
            )
        rows = cases.filtered_cases(user, params, on=today)
        choices = cases.case_choices(params)
        if what == "cases":
            return sheet(
                ending,
                cases.case_columns(),
                cases.case_cells(rows, on=today),
                title=_("Cases"),
                choices=choices,
                params=params,
                user=user,
            )
        table = consolidated(
            rows,
            by=user,
            as_of=timezone.localtime(),
            asked=sentence(chips(params, choices)),
        )
        return as_xlsx(table) if ending == "xlsx" else as_docx(table)


def sheet(
    ending: str,
    columns: list[Column],
    cells: list[list[Any]],
    *,
    title: str,
    choices: list[Choice],
    params: QueryDict,
    user: User,
) -> bytes:
    """Return the rows as a workbook or as CSV."""
    if ending == "csv":
        return write_csv(columns, cells)
    return write_sheet(
        columns,
        cells,
        title=title,
        filter_sentence=sentence(chips(params, choices)),
        as_of=timezone.localtime(),
        unit=user.posts_today[0].place if user.posts_today else "",
        is_demo=user.is_demo,
    )
