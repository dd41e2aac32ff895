"""Every fact of the vocabulary has one place where it comes from."""

from gongdi.apps.places.fact_sources import Origin, origin_of
from gongdi.apps.places.facts import PROVIDERS
from gongdi.exchange.packfiles import load_vocabulary

VOCABULARY = load_vocabulary()


def test_the_mapping_is_complete() -> None:
    assert [name for name, fact in VOCABULARY.facts.items() if origin_of(fact, VOCABULARY) is None] == []


def test_what_is_counted_is_named_by_one_app_and_is_a_fact() -> None:
    names = [name for provider in PROVIDERS.values() for name in provider.names]
    assert len(names) == len(set(names))
    assert set(names) <= set(VOCABULARY.facts)
    assert {name for name, fact in VOCABULARY.facts.items() if origin_of(fact, VOCABULARY) is Origin.COUNTED} == set(
        names
    )
