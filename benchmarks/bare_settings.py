"""The settings of the house with the peer of the ballots among its addresses."""

from gongdi.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare_view"
