"""Files read behind the wall, as the tests of every kind of file ask for it."""

import pytest

from haicap.core.errors import Unreadable
from haicap.listen.intake import sandbox
from tests.listen.intake import files


WORDS = "Đề nghị tỉnh hỗ trợ vốn cải tạo trụ sở làm việc của xã."


def extract(tmp_path, name, content):
    """Return what the file says, read behind the wall."""
    kind = name.rpartition(".")[2]
    return sandbox.extract(files.save(tmp_path, name, content), kind)


def refusal(tmp_path, name, content, kind=Unreadable):
    """Return why the file is refused; its sentence is whole."""
    with pytest.raises(kind) as caught:
        extract(tmp_path, name, content)
    assert "%(" not in str(caught.value)
    assert str(caught.value).endswith(".")
    return caught.value.params["code"]


def codes(extracted):
    """Return what is remarked of the file; each remark is a sentence."""
    assert all(str(note).endswith(".") for note in extracted.notes)
    return [note.code for note in extracted.notes]
