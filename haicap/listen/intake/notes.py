"""What a person should know about how a file was read, beside its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return message


SENTENCES: Final[Mapping[str, str]] = {
    "converted": gettext_noop(
        "The text was typed in the old %(encoding)s encoding and was converted to "
        "Unicode. Please check a few lines."
    ),
    "encoding": gettext_noop(
        "The file was saved in the encoding %(encoding)s and was converted to "
        "Unicode. Please check a few lines."
    ),
    "identity_numbers": gettext_noop(
        "Identity numbers of persons in the text: %(n)s. "
        "Take them out where they are not needed."
    ),
    "pictures_ignored": gettext_noop(
        "Pictures left aside, since only text is read: %(n)s."
    ),
    "pages_without_text": gettext_noop(
        "These pages are pictures without text and were not read: %(pages)s."
    ),
    "text_boxes": gettext_noop(
        "Text boxes read after the paragraph they hang on: %(n)s."
    ),
    "footnotes": gettext_noop("Footnotes put at the end of the text: %(n)s."),
    "comments_ignored": gettext_noop("Comments in the margin were left aside."),
    "embedded_ignored": gettext_noop(
        "Embedded files left aside: %(n)s. Send them as files of their own."
    ),
    "formulas": gettext_noop(
        "Formulas in the sheet “%(sheet)s” read as the values they last showed: %(n)s."
    ),
    "hidden_sheet": gettext_noop("The hidden sheet “%(sheet)s” was not read."),
    "hidden_rows": gettext_noop(
        "Hidden rows in the sheet “%(sheet)s” were read too: %(rows)s."
    ),
    "hidden_columns": gettext_noop(
        "Hidden columns in the sheet “%(sheet)s” were read too: %(columns)s."
    ),
    "text_dates": gettext_noop(
        "Dates typed as text and read as day/month/year: %(n)s."
    ),
    "former_unit": gettext_noop(
        "Row %(line)s: “%(said)s” is an old name; today it is %(now)s."
    ),
    "near_unit": gettext_noop(
        "Row %(line)s: “%(said)s” was understood as %(now)s. Please check."
    ),
    "unknown_field": gettext_noop(
        "Row %(line)s: “%(said)s” is not in the list of fields; choose one later."
    ),
    "open_deadline": gettext_noop(
        "Row %(line)s: no date could be read from the deadline “%(said)s”; "
        "the words are kept."
    ),
    "model_proposed": gettext_noop(
        "Statements proposed by the language model: %(n)s. They are marked as not "
        "sure; please look at each."
    ),
    "model_silent": gettext_noop(
        "The language model answered for %(n)s of %(total)s parts of the text; "
        "the others were read without it."
    ),
    "sheet_without_table": gettext_noop(
        "The sheet “%(sheet)s” has no table of recommendations and was not taken in."
    ),
}


@dataclass(frozen=True)
class Note:
    """One remark: a code that programs know, and a sentence that people read."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The untranslated sentence, with places for the parameters."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        """The sentence with its parameters filled in."""
        return self.sentence % self.params
