"""Documents that travel with the package: what `make demo` reads when given nothing."""

from pathlib import Path
from typing import Final


FOLDER: Final = Path(__file__).parent

#: The report of a conference of 129 communes, as Word document and as plain text.
CONFERENCE_DOCX: Final = FOLDER / "hoi-nghi-129-xa.docx"
CONFERENCE_TXT: Final = FOLDER / "hoi-nghi-129-xa.txt"

#: One commune's recommendations, a row each.
COMMUNE_XLSX: Final = FOLDER / "kien-nghi-xa-binh-minh.xlsx"
