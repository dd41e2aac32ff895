"""The settings of the house with the peer of the ballots among its addresses."""

from gongdi.config.settings import *  # noqa: F403 -- settings are names of a module

ROOT_URLCONF = "benchmarks.bare_view"
