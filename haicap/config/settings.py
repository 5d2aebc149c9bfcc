"""
Reads the environment, computes nothing else.

Every variable that an office may set is listed in docs/reference/settings.md. A missing
or weak secret stops the start with a sentence that says what to do.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from haicap.listen.language_model.endpoint import ADDRESS
from haicap.ui.stamp import stamp


PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HAICAP_VAR", "var")).absolute()
DEBUG = os.environ.get("HAICAP_DEBUG") == "1"
DEMO = os.environ.get("HAICAP_DEMO") == "1"

SECRET_KEY = os.environ.get("HAICAP_SECRET_KEY", "")
if not SECRET_KEY and (VAR / "secret-key").exists():
    SECRET_KEY = (VAR / "secret-key").read_text().strip()
if not SECRET_KEY and os.environ.get("HAICAP_NO_SECRET") == "1":
    # Commands that never sign anything (tests, building, migrations check).
    SECRET_KEY = "not-a-secret-only-for-commands-that-sign-nothing-000000"
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured(
        "HAICAP_SECRET_KEY is missing or shorter than 40 characters. Make one with"
        " `haicap secret`, or let `haicap demo` write it."
    )

ALLOWED_HOSTS = os.environ.get("HAICAP_HOSTS", "127.0.0.1 localhost [::1]").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("HAICAP_ORIGINS", "").split()

INSTALLED_APPS = [
    "haicap.desk",
    "haicap.verify",
    "haicap.resolve",
    "haicap.synthesise",
    "haicap.listen",
    "haicap.people",
    "haicap.places",
    "haicap.ledger",
    "haicap.ui",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Pages of 60 kB in 8: a commune's line is what waits. Django 5 pads the answer so
    # that its length tells nothing.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "haicap.people.middleware.PreferencesMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "haicap.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "haicap.config.urls"
WSGI_APPLICATION = "haicap.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "haicap.ui.templatetags.hc",
                "haicap.ui.templatetags.idempotency",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "haicap.desk.shell.shell",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'haicap.sqlite3'}",
        conn_max_age=600,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # What a person was told is stored must survive a power cut: FULL, not NORMAL.
    # haicap.ledger.checks reads these values back at start.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;"
            "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Off unless set: the worker then asks it for statements that the reader missed.
MODEL_URL = os.environ.get("HAICAP_MODEL_URL", "")
MODEL_NAME = os.environ.get("HAICAP_MODEL_NAME", "")
MODEL_KEY = os.environ.get("HAICAP_MODEL_KEY", "")
if MODEL_URL and not ADDRESS.fullmatch(MODEL_URL):
    raise ImproperlyConfigured(
        "HAICAP_MODEL_URL is no address such as http://10.0.0.5:8000/v1. It begins with"
        " http:// or https:// and has neither a password nor a question mark in it."
    )

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["haicap.people.backend.PostsBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "people:sign-in"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "haicap.ui.middleware.forged"
if not DEBUG and os.environ.get("HAICAP_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "worker-src": [SELF],
        "connect-src": [SELF],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
# Off: a row number in an attribute is no quantity. Quantities say `|number`.
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["haicap.ui.formats"]

# The address holds the files' own stamp: a browser keeps them for a year, and asks anew
# the moment one of them changes. `haicap serve` compresses them once into STATIC_ROOT.
STATIC_URL = f"static/{stamp()}/"
STATIC_ROOT = VAR / "static" / stamp()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not STATIC_ROOT.exists()
WHITENOISE_MAX_AGE = 31_536_000
FILES_ROOT = VAR / "files"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_TEMP_DIR = os.environ.get("HAICAP_TMP") or None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
