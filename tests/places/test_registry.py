"""The packaged register is whole, and the rows are what the screens rely on."""

from haicap.listen.taxonomy import FIELDS
from haicap.places import registry


def test_the_province_has_129_units():
    kinds = [row.kind for row in registry.units()]
    assert (kinds.count("xa"), kinds.count("phuong"), len(kinds)) == (97, 32, 129)


def test_people_of_the_units_add_up_to_the_province():
    assert sum(row.population for row in registry.units()) == 4_412_264


def test_codes_are_unique():
    for rows in (registry.units(), registry.provinces(), registry.communes()):
        codes = [row.code for row in rows]
        assert len(codes) == len(set(codes))


def test_a_former_commune_that_was_divided_is_marked():
    parts = [f for row in registry.units() for f in row.merged_from if f.is_partial]
    assert parts
    assert not any("một phần" in former.name for former in parts)


def test_every_commune_lies_in_a_province_of_the_list():
    known = {row.code for row in registry.provinces()}
    assert {row.province_code for row in registry.communes()} <= known


def test_every_field_names_agencies_of_the_register():
    names = {row.name_vi for row in registry.agencies()}
    leads = {name for field in FIELDS.values() for name in field.lead_agencies}
    assert leads - names <= {"UBND tỉnh"}


def test_the_register_is_read_once():
    assert registry.units() is registry.units()
    assert registry.gazetteer() is registry.gazetteer()
