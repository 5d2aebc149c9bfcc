"""The tables of states are whole, and the page drawn from them is the one in docs."""

import pytest

from haicap.listen import states as listen
from haicap.resolve import states
from tools.states import PAGE, page


TABLES = [
    (listen.DOCUMENT_TRANSITIONS, listen.DocumentState, listen.DOCUMENT_OWNER),
    (listen.STATEMENT_TRANSITIONS, listen.StatementState, None),
    (states.CASE_TRANSITIONS, states.CaseState, states.CASE_OWNER),
    (states.REPLY_TRANSITIONS, states.ReplyState, states.REPLY_OWNER),
]


@pytest.mark.parametrize(("steps", "enum", "owners"), TABLES)
def test_every_state_says_what_may_follow_and_whose_turn_it_is(steps, enum, owners):
    assert set(steps) == set(enum)
    assert owners is None or set(owners) == set(enum)
    assert all(after in enum for row in steps.values() for after in row)


def test_the_page_of_states_is_what_the_tables_say():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_names_every_state_of_every_noun():
    words = page()
    names = [each.value for _, enum, _ in TABLES for each in enum]
    assert not [name for name in names if f"| `{name}` |" not in words]


def test_twelve_classes_and_three_of_them_solved():
    assert len(states.OutcomeClass) == 12
    assert len(states.SOLVED) == 3
