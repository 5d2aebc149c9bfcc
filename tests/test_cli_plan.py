"""`haicap plan`: a problem in a file becomes a plan with its proof, or a clear sentence."""

import io
import json
import signal
import zipfile

import numpy as np
import openpyxl
import pytest

from haicap import cli
from haicap.cli import plan
from haicap.core.optimise.language import (
    Figure,
    Result,
    Sentence,
    Status,
    Step,
    Term,
)
from haicap.core.optimise.planners import PLANNERS, planner
from tests.core.optimise.places import scattered


def problem_file(folder, name, *, n=3, **changes):
    """Write a small made-up problem; return its place."""
    chosen = planner(name)
    data = chosen.write(chosen.generate(scattered(n, 1), seed=1)) | changes
    place = folder / f"{name}.json"
    place.write_text(json.dumps(data), encoding="utf-8")
    return place


def haicap(*words):
    return cli.main([str(word) for word in words])


def test_the_command_offers_every_planner():
    assert tuple(cli.PLANNERS) == PLANNERS


@pytest.mark.parametrize("name", PLANNERS)
def test_every_planner_writes_its_result_and_a_workbook(name, tmp_path, capsys):
    place = problem_file(tmp_path, name, n=6)

    code = haicap(
        "plan", name, place, "--seconds", 5, "--json", "--out", tmp_path / "out"
    )

    assert code == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads((tmp_path / "out" / "result.json").read_text("utf-8"))
    assert told["planner"] == name and told["is_demo"] is True
    assert told["status"] in ("optimal", "feasible")
    assert all(move["why"] for move in told["moves"])
    book = openpyxl.load_workbook(tmp_path / "out" / "plan.xlsx")
    assert book.sheetnames[0] == "Mục tiêu"
    assert book.sheetnames[-1] == "Về phương án này"
    notes = [row[0] for row in book[book.sheetnames[-1]].iter_rows(values_only=True)]
    assert "Dữ liệu minh họa" in notes


def test_the_terminal_says_the_aims_their_bounds_and_the_moves(tmp_path, capsys):
    assert (
        haicap("plan", "boards", problem_file(tmp_path, "boards"), "--seconds", 5) == 0
    )

    out = capsys.readouterr().out
    assert "median" in out and "bound" in out and "is served at" in out
    assert out.rstrip().endswith("seed 0")


def test_a_problem_is_made_up_on_the_real_communes(tmp_path, capsys):
    assert haicap("plan", "generate", "portfolio", "--seed", 3) == 0
    one = capsys.readouterr().out
    assert (
        haicap("plan", "generate", "portfolio", "--seed", 3, "--out", tmp_path / "p")
        == 0
    )

    assert (tmp_path / "p").read_text(encoding="utf-8") == one
    assert json.loads(one)["is_demo"] is True
    assert "Phường Nam Định" in one


def test_the_country_has_its_communes_each_in_its_province():
    units = plan.of_country(0)

    assert len(units) == 3321
    assert len({unit.province for unit in units}) == 34
    ours = {unit.id: unit for unit in plan.of_province()}
    assert [unit for unit in units if unit.id in ours] == sorted(
        ours.values(), key=lambda unit: unit.id
    )
    assert np.isfinite([(unit.lon, unit.lat) for unit in units]).all()


def test_what_is_impossible_names_what_would_have_to_give_way(tmp_path, capsys):
    place = problem_file(tmp_path, "boards", max_boards=0)

    assert haicap("plan", "boards", place, "--seconds", 5) == cli.BAD_INPUT

    said = capsys.readouterr().err
    assert "No plan keeps all limits." in said
    assert "more boards than 0" in said


@pytest.mark.parametrize(
    "text, words",
    [
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "an object with keys is expected"),
        ('{"planner": "boards"}', "which is not known. Known are: portfolio"),
        ('{"planner": "portfolio", "version": 9}', "version is 9"),
    ],
)
def test_a_file_that_is_no_problem_gets_one_sentence(text, words, tmp_path, capsys):
    place = tmp_path / "p.json"
    place.write_text(text, encoding="utf-8")

    assert haicap("plan", "portfolio", place) == cli.BAD_INPUT

    said = capsys.readouterr().err
    assert words in said or "nests too deeply" in said
    assert said.count("\n") == 1


def test_a_file_that_is_not_there_or_not_utf_8_is_told(tmp_path, capsys):
    assert haicap("plan", "boards", tmp_path / "none.json") == cli.BAD_INPUT
    assert "cannot be read" in capsys.readouterr().err

    (tmp_path / "p.json").write_bytes(b"\xff\xfe{}")
    assert haicap("plan", "boards", tmp_path / "p.json") == cli.BAD_INPUT
    assert "is not UTF-8 text" in capsys.readouterr().err


def test_a_plan_that_fails_its_judge_is_never_shown(tmp_path, capsys, monkeypatch):
    boards = planner("boards")
    monkeypatch.setattr(boards, "check", lambda problem, result: (Sentence("Wrong."),))

    place = problem_file(tmp_path, "boards")

    assert haicap("plan", "boards", place, "--seconds", 3) == cli.BAD_INPUT
    told = capsys.readouterr()
    assert told.out == ""
    assert "did not pass its own check: Wrong." in told.err


def test_one_interrupt_asks_to_stop_and_a_second_one_gives_up(capsys):
    step = Step("median", 0.0, None, None)
    with plan._interrupts() as watch:
        assert watch(step)
        signal.raise_signal(signal.SIGINT)
        assert not watch(step)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    assert "the best plan so far is kept" in capsys.readouterr().err


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "soon", "1e9"])
def test_seconds_have_to_make_sense(seconds, tmp_path):
    with pytest.raises(SystemExit):
        haicap("plan", "boards", tmp_path / "p.json", "--seconds", seconds)


def test_words_inside_words_are_translated_too():
    sentence = Sentence("%(unit)s is not served.", {"unit": Sentence("school")})

    assert plan._said(sentence, ["vi"]) == "trường học chưa được phục vụ."
    assert str(sentence) == "school is not served."


def test_numbers_in_words_are_written_as_the_language_does():
    sentence = Sentence("%(unit)s is not served.", {"unit": Figure(1234.5, ",.1f")})

    assert plan._said(sentence, ["vi"]) == "1.234,5 chưa được phục vụ."
    assert str(sentence) == "1,234.5 is not served."


def test_what_no_proof_says_anything_about_stays_blank():
    boards = planner("boards")
    problem = boards.generate(scattered(3, 1), seed=1)
    terms = (Term("median", 7.0, 0.0, "weighted km"), Term("centre", 7.0, 6.0, "km"))
    result = Result(Status.FEASIBLE, terms, (), (), 0.1, 0)

    book = plan.workbook("boards", boards.tables(problem, result), result, False)

    rows = [
        [cell.value for cell in row[1:4]]
        for row in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]["A2:D3"]
    ]
    assert rows == [[7, None, None], [7, 6, pytest.approx(14.286)]]


class Nothing:
    is_demo = False


def test_nothing_gained_beside_a_bound_has_no_gap_to_tell():
    result = Result(
        Status.FEASIBLE, (Term("benefit", 0.0, 9.0, "points", True),), (), (), 0.1, 0
    )
    shown = "\n".join(plan._lines(planner("portfolio"), Nothing, result))

    assert "9.000" in shown
    assert "inf" not in shown


def test_a_workbook_of_a_plan_without_moves_opens():
    result = Result(Status.IMPOSSIBLE, (), (), (), 0.1, 0)
    boards = planner("boards")
    problem = boards.generate(scattered(3, 1), seed=1)

    book = plan.workbook(
        "boards", boards.tables(problem, result), result, is_demo=False
    )

    assert zipfile.is_zipfile(io.BytesIO(book))
