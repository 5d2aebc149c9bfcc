"""Official papers of what the lists show."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from haicap.desk.lists import chips, sentence
from haicap.desk.lists_cases import case_choices, filtered_cases
from haicap.desk.papers.cases import consolidated
from haicap.desk.papers.consolidated import as_docx, as_xlsx
from haicap.people.guard import AuthenticatedRequest, sees


TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
NAME = "bieu-tong-hop-kien-nghi"


@sees("export")
def paper(request: AuthenticatedRequest) -> HttpResponse:
    """Send the consolidated table of the cases that the address asks for."""
    today = timezone.localdate()
    table = consolidated(
        filtered_cases(request.user, request.GET, on=today),
        by=request.user,
        as_of=timezone.localtime(),
        asked=sentence(chips(request.GET, case_choices(request.GET))),
    )
    ending = "xlsx" if request.GET.get("format") == "xlsx" else "docx"
    body = as_xlsx(table) if ending == "xlsx" else as_docx(table)
    response = HttpResponse(body, content_type=TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{NAME}-{today:%Y%m%d}.{ending}"
    )
    return response
