"""What a reader can say beside the words of a file: why not, and what to know."""

from typing import Any


class Refused(Exception):
    """The file cannot be read; `code` names the sentence in `sandbox`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def note(code: str, **params: Any) -> dict[str, Any]:
    """One remark for the person, as `notes` words it."""
    return {"code": code, "params": params}
