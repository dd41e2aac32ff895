"""The shared parts of the pages, as a Django app without models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, styles, scripts and template tags."""

    name = "gongdi.web"
    label = "web"

    def ready(self) -> None:
        """Say what is missing in plain words, in every form."""
        from gongdi.web.missing import say_plainly

        say_plainly()
