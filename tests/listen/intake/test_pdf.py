"""A PDF says its pages; one that says nothing is named for what it is."""

from haicap.listen.intake import limits
from tests.listen.intake import files
from tests.listen.intake.reading import codes, extract, refusal


def test_a_pdf_says_its_pages_and_where_each_begins(tmp_path):
    said = extract(tmp_path, "a.pdf", files.pdf(["Trang mot.", "Trang hai."]))
    assert said.text == "Trang mot.\n\nTrang hai."
    assert said.n_pages == 2
    assert [said.text[at:][:9] for at in said.pages] == ["Trang mot", "Trang hai"]


def test_lines_of_one_paragraph_are_joined_again(tmp_path):
    page = (
        "De nghi tinh ho tro von cai tao tru so lam viec va\n"
        "bo sung bien che cho xa.\n"
        "1. Viec thu nhat rat dai va chiem gan het mot dong:\n"
        "- viec nho"
    )
    said = extract(tmp_path, "a.pdf", files.pdf([page]))
    assert said.text.split("\n") == [
        "De nghi tinh ho tro von cai tao tru so lam viec va bo sung bien che cho xa.",
        "1. Viec thu nhat rat dai va chiem gan het mot dong:",
        "- viec nho",
    ]


def test_a_scan_without_text_is_named_so(tmp_path):
    content = files.pdf(["", ""], with_picture=True)
    assert refusal(tmp_path, "a.pdf", content) == "scan"


def test_a_scanned_page_among_others_is_said_by_its_number(tmp_path):
    text = files.pdf(["Trang co chu day du ro rang.", ""], with_picture=True)
    said = extract(tmp_path, "a.pdf", text)
    assert codes(said) == ["pages_without_text"]
    assert str(said.notes[0]).endswith(": 2.")


def test_a_pdf_with_a_password_is_named_so(tmp_path):
    content = files.pdf(["x"], encrypt=files.ENCRYPTED)
    assert refusal(tmp_path, "a.pdf", content) == "password"


def test_a_pdf_of_too_many_pages_is_refused(tmp_path):
    content = files.pdf(["x"] * (limits.PAGES + 1))
    assert refusal(tmp_path, "a.pdf", content) == "too_many_pages"


def test_a_pdf_of_as_many_pages_as_allowed_passes(tmp_path):
    said = extract(tmp_path, "a.pdf", files.pdf(["Trang."] * limits.PAGES))
    assert said.n_pages == limits.PAGES


def test_a_broken_pdf_is_named_so(tmp_path):
    assert refusal(tmp_path, "a.pdf", b"%PDF-1.7\n" + bytes(500)) == "corrupt"
