"""What is done at set-up is done once."""

from omsorg.site.prepare import loaders_of_the_example


def test_the_example_is_loaded_once_and_the_federation_first() -> None:
    commands = {"load_openness_example": "", "load_example": "", "load_places": "", "load_ombuds_example": ""}
    assert loaders_of_the_example(commands) == ["load_example", "load_ombuds_example", "load_openness_example"]


def test_where_there_is_no_example_federation_nothing_is_loaded_into_it() -> None:
    assert loaders_of_the_example(["load_places", "load_ombuds_example"]) == []
