from gongdi.apps.policy.packs import missing_words


def test_a_parameter_that_the_source_masks_is_named_like_a_fact() -> None:
    words = missing_words(["completed_on", "parameter:scope_main_cutoff_year", "no_such_name"])
    assert words[0] == "建成日期"
    assert words[1] != "parameter:scope_main_cutoff_year"
    assert words[2] == "no_such_name"
