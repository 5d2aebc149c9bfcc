"""Spans are looked at whole, and those are taken together that are likeliest to be right."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from haicap.core.text.candidates import (
    COLUMNS,
    LEAST,
    LEAST_IN_QUIET,
    LONG,
    SURE,
    Looking,
    Run,
    Stops,
    least,
    possible,
    taken,
)
from haicap.core.text.chunks import chunks
from haicap.core.text.plain import Plain
from haicap.core.text.segments import lines


TEXT = (
    "Xã đề nghị tỉnh bố trí vốn sửa cầu Bến Đò, nâng cấp đường liên thôn;"
    " hiện cầu đã xuống cấp, xe tải không qua được. Sở Xây dựng sẽ kiểm tra trong tháng.\n"
    "- Trạm y tế thiếu bác sĩ."
)


def pieces_of(text=TEXT):
    plain = Plain(text)
    return plain, list(chunks(plain, list(lines(plain))))


def odds(n, **said):
    """Odds that say little but what is told: label -> {piece: odds}."""
    tables = [{"O": 1.0} for _ in range(n)]
    for label, places in said.items():
        for place, odd in places.items():
            tables[place][label.replace("_", "-")] = odd
            tables[place]["O"] -= odd
    return tables


def test_a_span_is_possible_where_the_chain_doubts_its_end():
    plain, pieces = pieces_of()
    tables = odds(len(pieces), B_R={1: 0.9}, I_R={2: 0.8, 3: 0.4})

    found = possible(pieces, tables, [], Stops(plain.low, pieces))

    assert Run("R", 1, 1) in found
    assert Run("R", 1, 2) in found
    assert all(run.kind == "R" and run.first == 1 for run in found)


def test_nobody_looks_for_an_end_where_an_item_surely_goes_on():
    plain, pieces = pieces_of()
    tables = odds(len(pieces), B_D={0: 1.0}, I_D={1: 0.99})

    assert Run("D", 0, 0) not in possible(pieces, tables, [], Stops(plain.low, pieces))


def test_only_a_reply_runs_over_a_semicolon_and_a_sentence_and_none_over_a_line():
    plain, pieces = pieces_of()
    stops = Stops(plain.low, pieces)
    semicolon = next(i for i, one in enumerate(pieces) if one.mark == ";")
    line = next(i for i, one in enumerate(pieces) if one.line == 1)

    assert stops.at(semicolon, "R") and not stops.at(semicolon, "P")
    assert stops.at(line, "R") and stops.at(line, "P")


def test_what_stands_before_a_but_and_after_it_are_two_things():
    plain, pieces = pieces_of("Máy đã được trang bị đủ, tuy nhiên, đường truyền chậm.")
    stops = Stops(plain.low, pieces)
    but = next(
        i for i, one in enumerate(pieces) if plain.low.startswith("tuy", one.start)
    )

    assert all(stops.at(place, "D") for place in (but, but + 1))
    tables = odds(len(pieces), B_D={0: 0.9, but + 1: 0.9})
    found = possible(pieces, tables, [Run("D", 0, but - 1)], stops)
    assert Run("D", 0, but - 1) not in found
    assert any(run.first == but + 1 for run in found)


def test_each_column_has_a_number():
    plain, pieces = pieces_of()
    tables = odds(len(pieces), B_R={1: 0.9}, I_R={2: 0.8}, B_D={5: 0.5})
    read = [Run("R", 1, 2), Run("D", 5, 5)]
    looking = Looking(plain.low, pieces, tables, read)

    for run in [*read, Run("R", 1, 1), Run("P", 0, len(pieces) - 1)]:
        row = looking.row(run)
        assert len(row) == len(COLUMNS)
        assert all(float(number) == number for number in row)

    whole = dict(zip(COLUMNS, looking.row(read[0]), strict=True))
    assert whole["is_read"] and whole["read_overlap"] == 1.0
    assert whole["begins"] == 0.9 and whole["pieces"] == 2
    assert whole["right_far"] == 3 and not whole["right_kind"]


def test_nothing_read_is_looked_at_too():
    plain, pieces = pieces_of()
    looking = Looking(plain.low, pieces, odds(len(pieces)), [])

    assert len(looking.row(Run("K", 0, 0))) == len(COLUMNS)


RUNS = st.builds(
    lambda first, n, kind: Run(kind, first, first + n),
    st.integers(0, 8),
    st.integers(0, 4),
    st.sampled_from("DR"),
)


def overlap(one, other):
    return one.first <= other.last and other.first <= one.last


@given(st.lists(st.tuples(RUNS, st.floats(0, 1)), max_size=9))
def test_no_other_choice_is_worth_more_and_none_overlaps(found):
    runs = [run for run, _odd in found]
    worth = [odd for _run, odd in found]

    def value(chosen):
        return sum(worth[i] - LEAST for i in chosen)

    def is_sound(chosen):
        return not any(overlap(runs[i], runs[j]) for i, j in combinations(chosen, 2))

    got = taken(runs, worth)
    every = (
        chosen
        for n in range(len(runs) + 1)
        for chosen in combinations(range(len(runs)), n)
    )

    assert is_sound(got)
    assert got == sorted(got, key=lambda i: runs[i].first)
    assert value(got) >= max(value(each) for each in every if is_sound(each)) - 1e-9


def test_where_nothing_is_sure_a_span_needs_more():
    unsure, sure = [0.5, SURE - 0.1], [0.5, SURE]
    assert least(unsure, LONG + 1) == LEAST_IN_QUIET
    assert least([], LONG + 1) == LEAST_IN_QUIET
    assert least(sure, LONG + 1) == LEAST
    assert least(unsure, LONG) == LEAST  # a short text may have a single statement

    runs = [Run("D", 0, 0), Run("D", 2, 2)]
    assert taken(runs, unsure) == [0, 1]
    assert taken(runs, unsure, LEAST_IN_QUIET) == [1]
