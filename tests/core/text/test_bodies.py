"""Names of bodies agree with the register of agencies."""

from haicap.core.text.bodies import TABLE, in_full
from haicap.places import registry


def test_a_short_form_is_spelled_out_as_the_register_spells_it():
    names = {row.name_vi for row in registry.agencies()}
    for said in (
        "Văn phòng UBND tỉnh",
        "Ủy ban MTTQ Việt Nam tỉnh",
        "Đảng ủy UBND tỉnh",
    ):
        assert in_full(said) in names


def test_every_department_of_the_register_can_be_read_in_a_text():
    known = {in_full(name) for name, _level in TABLE.values()}
    departments = {
        row.name_vi for row in registry.agencies() if row.name_vi.startswith("Sở ")
    }
    assert departments <= known
