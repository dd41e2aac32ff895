"""Settings for the tests; the web application's own settings come with it."""

SECRET_KEY = "only for tests"
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
