"""Settings of the web application. Everything a place may change comes from the environment (environment.py)."""

from __future__ import annotations

import os
from pathlib import Path

from gongdi.config import environment

ROOT = Path(__file__).resolve().parents[3]
DATA_DIR = environment.data_dir()
SECRET_KEY = environment.secret_key(DATA_DIR)
# The keys that seal personal data. Without this file nothing sealed can be read again: back it up apart.
SEALING_KEY_FILE = environment.sealing_key_file(DATA_DIR)
DEBUG = False
HTTPS = environment.switched_on("GONGDI_HTTPS")
ALLOWED_HOSTS = os.environ.get("GONGDI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]

# The apps of the house, in the order in which a compound passes through them; audit stands first, all write to it.
HOUSE_APPS = [
    "audit",
    "accounts",
    "files",
    "workdays",
    "places",
    "dwellings",
    "inventory",
    "organisations",
    "residents",
    "survey",
    "registers",
    "progress",
    "policy",
    "notices",
    "deliberation",
    "consultation",
    "voting",
    "mobilisation",
    "planning",
    "desk",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    # Only their records and algorithms are used; none of their pages is reachable (no addresses of theirs in urls.py).
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "gongdi.web",
    *(f"gongdi.apps.{name}" for name in HOUSE_APPS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongdi.web.middleware.ContentPolicy",
    "gongdi.web.once.ReadOnce",
    "gongdi.web.hashed_files.HashedFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "gongdi.web.writing.ShowInWriting",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongdi.web.origin.TellOrigin",
    "gongdi.apps.accounts.middleware.KeepSession",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongdi.apps.accounts.middleware.FirstThingsFirst",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "gongdi.config.urls"
WSGI_APPLICATION = "gongdi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["gongdi.web.templatetags.gongdi"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongdi.web.context.page",
                "gongdi.apps.residents.large_type.large_type",
            ],
        },
    }
]

DATABASES = {"default": environment.database(os.environ.get("GONGDI_DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk:see_desk"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "gongdi.apps.accounts.password_rules.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "gongdi.apps.accounts.password_rules.NotGuessed"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "gongdi.apps.accounts.password_rules.MixedKinds"},
    {"NAME": "gongdi.apps.accounts.password_rules.NotUsedBefore"},
]
# How old a password may get (0: no limit), and how many former ones are not taken again.
PASSWORD_DAYS = environment.whole_number("GONGDI_PASSWORD_DAYS", 90, least=0)
PASSWORDS_REMEMBERED = 5
# Minutes without use that end a session; SESSION_COOKIE_AGE below ends it in any case.
SESSION_IDLE_MINUTES = environment.whole_number("GONGDI_IDLE_MINUTES", 30, least=1)
# Whose posts need a second factor: "administrators", or "all" (level 3 of the scheme asks for all).
SECOND_FACTOR_FOR = environment.one_of("GONGDI_SECOND_FACTOR", ("administrators", "all"))
# Proxies of one's own before the server, whose X-Forwarded-For is believed.
TRUSTED_PROXIES = environment.whole_number("GONGDI_PROXIES", 0, least=0)

ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "gongdi.apps.accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "共缔"

# How one-time codes reach residents: "", "screen" (for trials), "http", or a class of the city's own (gateways.py).
MESSAGE_GATEWAY = environment.message_gateway(https=HTTPS)
MESSAGE_URL = os.environ.get("GONGDI_MESSAGE_URL", "")
MESSAGE_TOKEN = environment.text_of_file("GONGDI_MESSAGE_TOKEN_FILE")

# The city's own sign-on (OpenID Connect); none when the issuer or the client is not named.
SIGN_ON_ISSUER = os.environ.get("GONGDI_SIGN_ON_ISSUER", "")
SIGN_ON_CLIENT = os.environ.get("GONGDI_SIGN_ON_CLIENT", "")
SIGN_ON_SECRET = environment.text_of_file("GONGDI_SIGN_ON_SECRET_FILE")
SIGN_ON_NAME = os.environ.get("GONGDI_SIGN_ON_NAME") or "统一身份认证"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "gongdi.web.vendor.VendorFinder"]
NODE_MODULES = Path(os.environ.get("GONGDI_NODE_MODULES") or ROOT / "node_modules")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "gongdi.web.hashed_files.HashedNames"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 600

SESSION_COOKIE_NAME = "gongdi_session"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "gongdi_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "gongdi.web.faults.form_expired"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# The key that signs the heads of votes' logs; made on first use. Its public half is printed on notices.
VOTE_KEY_FILE = DATA_DIR / "vote-signing.key"
VOTE_DIGEST = os.environ.get("GONGDI_VOTE_DIGEST", "sha256")
"""The digest of the logs of votes drafted from now on: sha256, or sm3 where this Python has it."""
# Where files that people send are kept, each under its digest.
UPLOADS_DIR = DATA_DIR / "uploads"
# Long work runs in a process of its own (gongdi serve starts it), from a queue in the database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# The largest roster file that a page takes, in bytes.
LARGEST_ROSTER = 20 * 1024 * 1024
# The largest photo, document and video that may be attached, in bytes.
LARGEST_PHOTO = environment.whole_number("GONGDI_LARGEST_PHOTO_MB", 15, least=1) * 1024 * 1024
LARGEST_DOCUMENT = environment.whole_number("GONGDI_LARGEST_DOCUMENT_MB", 50, least=1) * 1024 * 1024
LARGEST_VIDEO = environment.whole_number("GONGDI_LARGEST_VIDEO_MB", 100, least=1) * 1024 * 1024
# The city's virus scanner for files: a command, or a dotted path to a callable (apps/files/scanning.py); "" for none.
FILE_SCANNER = os.environ.get("GONGDI_FILE_SCANNER", "").strip()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"refusals": {"()": "gongdi.web.refusals.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
