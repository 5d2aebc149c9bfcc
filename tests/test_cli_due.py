"""`haicap due` says when a period ends and why, and refuses nonsense in one sentence."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest

from haicap import cli


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en")


def due(capsys, *words):
    code = cli.main(["due", *words])
    return code, *capsys.readouterr()


def as_json(capsys, *words):
    code, out, err = due(capsys, *words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.mark.parametrize("day", ["2026-02-13", "13/02/2026"])
def test_a_date_is_read_as_people_write_it(day, capsys):
    assert as_json(capsys, day, "--working", "1") == {
        "start": "2026-02-13",
        "received": None,
        "n": 1,
        "unit": "working_days",
        "day_0": "2026-02-13",
        "due": "2026-02-23",
        "due_time": None,
        "lines": [
            line("2026-02-14", "2026-02-15", "weekend", 0),
            line(
                "2026-02-16",
                "2026-02-20",
                "holiday",
                0,
                label_vi="Tết Nguyên đán Bính Ngọ",
                label_en="Lunar New Year 2026",
                legal_basis="Bộ luật Lao động 2019, Điều 112 khoản 1 điểm b",
            ),
            line("2026-02-21", "2026-02-22", "weekend", 0),
            line("2026-02-23", "2026-02-23", "working", 1),
        ],
        "total": 1,
        "is_verified": True,
    }


def line(first, last, why, counted, *, label_vi="", label_en="", legal_basis=""):
    return {
        "first": first,
        "last": last,
        "why": why,
        "counted": counted,
        "label_vi": label_vi,
        "label_en": label_en,
        "legal_basis": legal_basis,
        "note": "",
    }


@pytest.mark.parametrize(
    ("words", "last", "hour"),
    [
        (["2026-01-09", "--working", "1"], "2026-01-10", None),
        (["2026-01-19", "--days", "30"], "2026-02-23", None),
        (["2026-01-31", "--months", "1"], "2026-03-02", None),
        (["29/02/2024", "--months", "12"], "2025-02-28", None),
        (["2026-01-09", "--hours", "2", "--received", "16:30"], "2026-01-10", "08:30"),
        (["2026-01-05", "--hours", "1"], "2026-01-05", "08:30"),
        (
            ["9/1/2026", "--working", "1", "--received", "16:00", "--cutoff", "15:00"],
            "2026-01-12",
            None,
        ),
    ],
)
def test_each_unit_is_counted_in_its_own_way(words, last, hour, capsys):
    told = as_json(capsys, *words)
    assert (told["due"], told["due_time"]) == (last, hour)


def test_the_lines_tell_every_day_after_receipt_once(capsys):
    told = as_json(capsys, "2026-02-02", "--working", "30")
    following = date.fromisoformat(told["day_0"])
    for each in told["lines"]:
        assert date.fromisoformat(each["first"]) == following + timedelta(days=1)
        following = date.fromisoformat(each["last"])
    assert following.isoformat() == told["due"] == "2026-03-23"
    assert told["total"] == sum(each["counted"] for each in told["lines"]) == 30


def test_people_read_the_weekday_in_vietnamese_and_every_source(capsys):
    code, out, err = due(capsys, "31/12/2025", "--working", "1")
    assert (code, err) == (0, "")
    assert out.startswith("Thứ Hai, 05/01/2026\n")
    assert "Nghỉ hoán đổi với Thứ Bảy 10/01 · Văn bản 12729/VPCP-KGVX" in out
    assert "weekend" in out


def test_a_late_receipt_says_which_day_is_day_0(capsys):
    words = ["2026-02-13", "--working", "1", "--received", "16:00", "--cutoff", "15:00"]
    _code, out, _err = due(capsys, *words)
    assert "day 0 is 23/02/2026" in out
    assert out.startswith("Thứ Ba, 24/02/2026")


def test_what_is_not_decided_says_so(capsys):
    assert not as_json(capsys, "2027-02-03", "--working", "1")["is_verified"]
    _code, out, _err = due(capsys, "2027-02-03", "--working", "1")
    assert "not yet decided" in out
    _code, out, _err = due(capsys, "2026-01-05", "--hours", "4")
    assert "not compared with a decision of the province" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["29/02/2027", "--days", "3"], "that month has 28 days"),
        (["2026-13-01", "--days", "3"], "a year has 12 months"),
        (["0000-01-01", "--days", "3"], "There is no 0000-01-01"),
        (["5.1.2026", "--days", "3"], "2026-01-05 or 05/01/2026"),
        (["tomorrow", "--days", "3"], "tomorrow is neither"),
        (["٢٠٢٦-٠١-٠٥", "--days", "3"], "is neither"),
        (["2026-01-05", "--working", "-5"], "whole number from 1"),
        (["2026-01-05", "--working", "0"], "whole number from 1"),
        (["2026-01-05", "--working", "two"], "not two"),
        (["2026-01-05", "--days", "9" * 5000], "whole number from 1"),
        (["2026-01-05", "--days", "999999"], "no days of 4763"),
        (["2026-01-05", "--months", "999999"], "too far away"),
        (["2026-01-05", "--working", "999999"], "covers 2019 to 2027"),
        (["2026-01-05", "--hours", "999999"], "covers 2019 to 2027"),
        (["2018-12-31", "--working", "1"], "no days of 2018"),
        (["2028-01-05", "--working", "1"], "no days of 2028"),
        (["2026-01-05"], "Give one period"),
        (["2026-01-05", "--working", "1", "--days", "2"], "Give one period"),
        (["2026-01-05", "--days", "2", "--received", "25:00"], "not 25:00"),
        (["2026-01-05", "--days", "2", "--cutoff", "15:00"], "add --received"),
    ],
)
def test_nonsense_gets_one_sentence_and_code_2(words, said, capsys):
    code, out, err = due(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert len(err.splitlines()) == 1


def test_it_answers_without_django_and_without_arrays():
    code = (
        "import sys; from haicap.cli import main;"
        "main(['due', '2026-01-05', '--working', '5']);"
        "print([name for name in ('django', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
