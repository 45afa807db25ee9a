"""Django's settings: what an operator may change is in `environment.py`, everything else is decided here once."""

import re
from typing import Any

from omsorg.site.environment import ROOT, database_from_url, load, mail_server_from_url

ENVIRONMENT = load()
SYSTEMS = [name.strip() for name in ENVIRONMENT.systems.split(",") if name.strip()]

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = [name.strip() for name in ENVIRONMENT.hosts.split(",") if name.strip()]
ROOT_URLCONF = "omsorg.site.urls"
WSGI_APPLICATION = "omsorg.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "procrastinate.contrib.django",
    "omsorg.kernel",
    "omsorg.federation",
    *[f"omsorg.{name}" for name in SYSTEMS],
    "omsorg.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "omsorg.site.middleware.SheetsAndModulesTravelSmall",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "omsorg.site.middleware.SecurityHeaders",
    "omsorg.site.middleware.Measured",
    "omsorg.site.middleware.AddressesAreWritten",
    "omsorg.site.middleware.PagesAreReadAndSent",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "omsorg.federation.api_door.ApiDoor",
    "omsorg.federation.door.AtTheDoor",
]

# A fault is told on the standard error of the server and of the worker, with its address and its traceback, and with
# nothing that was sent. What a reader does wrong (4xx) is not told.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
    },
}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "omsorg.site.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES: dict[str, Any] = {
    "default": {
        **database_from_url(ENVIRONMENT.database_url),
        "CONN_MAX_AGE": 600,
    },
    "owner": database_from_url(ENVIRONMENT.owner_database_url),
}
# Systems whose tables lie in a database of their own, and under which alias (`kernel.apart`).
APART: dict[str, str] = {}
if ENVIRONMENT.ombuds_database_url and "ombuds" in SYSTEMS:
    APART["ombuds"] = "ombuds"
    DATABASES["ombuds"] = {**database_from_url(ENVIRONMENT.ombuds_database_url), "CONN_MAX_AGE": 600}
    DATABASES["ombuds_owner"] = database_from_url(
        ENVIRONMENT.ombuds_owner_database_url or ENVIRONMENT.ombuds_database_url
    )
DATABASE_ROUTERS = ["omsorg.site.router.EachToItsOwn"] if APART else []

AUTH_USER_MODEL = "federation.Account"
AUTHENTICATION_BACKENDS = ["omsorg.federation.sign_in.SignIn"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:home"
LOGOUT_REDIRECT_URL = "site:home"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
ACCOUNT_ADAPTER = "omsorg.site.arriving.FrontDoor"
ACCOUNT_USER_DISPLAY = "omsorg.federation.adapter.shown_as"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "60/m/ip"}
MFA_ADAPTER = "omsorg.federation.adapter.SecondFactorKeeper"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = ENVIRONMENT.site_name
USERSESSIONS_TRACK_ACTIVITY = False

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_counter",
        "KEY_FUNCTION": "omsorg.kernel.counters.counter_name",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url]
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [
    (code, name)
    for code, name in (("en", "English"), ("da", "Dansk"), ("nb", "Norsk bokmål"), ("sv", "Svenska"))
    if code in ENVIRONMENT.languages.split(",")
]
USE_TZ = True
FORMAT_MODULE_PATH = ["omsorg.site.formats"]
TIME_ZONE = "UTC"
LOCALE_PATHS = [ROOT / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.home / "static"
STATICFILES_DIRS = [ROOT / "static"]
STATICFILES_FINDERS = [
    "omsorg.site.sheet.JoinedSheet",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = ENVIRONMENT.home / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
LARGEST_BODY = max(DATA_UPLOAD_MAX_MEMORY_SIZE, (ENVIRONMENT.evidence_max_mb + 2) << 20)
LARGEST_FROM_CHILD = (ENVIRONMENT.ombuds_largest_mb + 1) << 20
MEASURED_BY_THEMSELVES = re.compile(r"/t/[a-z]{2}/(write|read)/" if "ombuds" in SYSTEMS else r"(?!)")
"""Pages of children: they measure what is sent before they read it, and say no in the child's words."""
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
EMAIL_FILE_PATH = ENVIRONMENT.home / "mail"
EMAIL_BACKEND = (
    "omsorg.kernel.post.Postman" if ENVIRONMENT.smtp_url else "django.core.mail.backends.filebased.EmailBackend"
)
MAIL_SERVER = mail_server_from_url(ENVIRONMENT.smtp_url)
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL_SERVER.sealed, MAIL_SERVER.starts_open
EMAIL_TIMEOUT = 10

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# What a night's rest of the machine has missed is done once when the worker starts.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 60 * 60 * 24}
