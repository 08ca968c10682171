"""Django's settings, from the home and a few environment variables.

VITALFEW_HOME           the folder of all state
DATABASE_URL            postgresql://user:password@host/database; without it, where `vitalfew upgrade --to` moved the
                        work, else SQLite in the home
VITALFEW_HOSTS          host names the server answers to, comma-separated (default: this machine only)
VITALFEW_HTTPS          1 behind TLS: secure cookies, HSTS
VITALFEW_MAIL           imaps://user:password@host/INBOX: the mailbox that mails are fetched from
VITALFEW_SMTP           smtps://user:password@host, or smtp://… with STARTTLS: the server that mails are sent by
VITALFEW_MAIL_FROM      from whom they are (default: the user of VITALFEW_SMTP)
VITALFEW_ADDRESS        https://host by which people reach the house: links in mails begin with it
VITALFEW_FIRM           what the firm is called towards its customers, in the portal
VITALFEW_EXCHANGE       the folder in which accounts lay their files (default: exchange in the home)
VITALFEW_COUNTRY        whose festivals are free, by its two letters (default: CN)
VITALFEW_TIME_ZONE      whose day it is (default: Asia/Shanghai)
VITALFEW_OIDC_ISSUER    single sign-on, with …_CLIENT_ID, …_CLIENT_SECRET and …_NAME (what its button says)
"""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from vitalfew.alarms.smtp import smtp
from vitalfew.databases import reached
from vitalfew.home import Home
from vitalfew.people.single_sign_on import providers
from vitalfew.rooms import packages

HOME = Home.named()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = HOME.secret
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("VITALFEW_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if os.environ.get("VITALFEW_HTTPS")]

INSTALLED_APPS = [
    *packages(),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "vitalfew.outlets.metrics.CountingMiddleware",
    "vitalfew.outlets.steady.SteadyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vitalfew.people.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vitalfew.people.gate.GateMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "vitalfew.site.urls"
WSGI_APPLICATION = "vitalfew.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "vitalfew.outlets.frame.frame",
            ],
            "builtins": [
                f"vitalfew.outlets.templatetags.{name}"
                for name in ("figures", "names", "lines", "account_charts", "lists", "standing")
            ],
        },
    }
]

DATABASES = {"default": reached(HOME.database_url, HOME.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "vitalfew.people.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "vitalfew.people.signin.NoSignUp"
SOCIALACCOUNT_ADAPTER = "vitalfew.people.signin.KnownPeopleOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_FORMS = {"login": "vitalfew.people.signin.SignInForm"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "vitalfew"
MFA_FORMS = {
    "authenticate": "vitalfew.people.second_factor.AuthenticateForm",
    "reauthenticate": "vitalfew.people.second_factor.ReauthenticateForm",
    "activate_totp": "vitalfew.people.second_factor.ActivateForm",
}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # a cache in each process would keep what another has ended
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("VITALFEW_HTTPS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

MAILBOX = os.environ.get("VITALFEW_MAIL", "")
OUTGOING = smtp(os.environ.get("VITALFEW_SMTP", ""))
globals().update(OUTGOING)
DEFAULT_FROM_EMAIL = os.environ.get("VITALFEW_MAIL_FROM") or OUTGOING.get("EMAIL_HOST_USER") or "vitalfew@localhost"
ADDRESS = os.environ.get("VITALFEW_ADDRESS", "").rstrip("/")
FIRM = os.environ.get("VITALFEW_FIRM", "").strip()
EXCHANGE_FOLDER = os.environ.get("VITALFEW_EXCHANGE", "")
TODAY_KEPT = 60
"""Seconds that what waits for somebody is kept while nobody changes a record."""

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "vitalfew.site.formats"
USE_I18N = True
USE_TZ = True
COUNTRY = os.environ.get("VITALFEW_COUNTRY", "CN").strip().upper()
TIME_ZONE = os.environ.get("VITALFEW_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = HOME.static
if os.environ.get("VITALFEW_COLLECTED"):  # set by `vitalfew serve`, which has collected and compressed the files
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
else:
    WHITENOISE_USE_FINDERS = True

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"calm": {"()": "vitalfew.people.calm.Calm"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django.request": {"filters": ["calm"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
