"""The one settings file: every value comes from the environment, and what is left unset is safe."""

from datetime import timedelta
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from v2xkb.addresses import database, mail, replica, replies, site_address
from v2xkb.environment import env, one_of, rate_limits, stolen_passwords, switch, whole_number
from v2xkb.instance import BASE_DIR, read_secret_key, secret_key_file, var_dir
from v2xkb.records.prefixes import STATIC

# --- Where this instance lives -------------------------------------------------------------------------------------

DEBUG = switch("DEBUG", default=False)
# Off only where nothing but this machine can listen, as in `make run` on the loopback address.
HTTPS = switch("HTTPS", default=not DEBUG)
VAR_DIR = var_dir()
FIXTURES_DIR = BASE_DIR / "fixtures"
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if HTTPS else LOOPBACK_HOSTS)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])  # such as https://v2xkb.example


def secret_key() -> str:
    """The instance's key, or a well-known one that only DEBUG may use."""
    if key := read_secret_key():
        return key
    if DEBUG:
        return "known-to-everybody-and-so-for-DEBUG-only"
    raise ImproperlyConfigured(
        f"SECRET_KEY is not set and {secret_key_file()} holds no key. Set SECRET_KEY to a long random string "
        '(python3 -c "import secrets; print(secrets.token_urlsafe(64))" prints one), '
        "or start with `make run`, which writes a private key there."
    )


SECRET_KEY = secret_key()

# --- Apps ----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "v2xkb.site",
    "v2xkb.backups",
    "v2xkb.releases",
    "v2xkb.curation",
    # Before ours: its list in the admin, which shows secrets, is taken away again.
    "django_otp.plugins.otp_totp",
    "v2xkb.accounts",
    "projects",
    "barriers",
    "v2xkb.taxonomy",
    "v2xkb.literature",
    "v2xkb.charts",
    "v2xkb.records",
    "v2xkb.curation.admin_config.CurationAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "graphene_django",
    "graphene_django_graphiql_static",
    "rest_framework",
]

MIDDLEWARE = [
    "v2xkb.site.request_log.RequestLogMiddleware",
    "v2xkb.records.body_limits.UnwantedBodyMiddleware",
    "v2xkb.site.health.HealthMiddleware",
    # How much is left for whoever asks is never kept with a reply.
    "v2xkb.records.rate_middleware.RateHeadersMiddleware",
    # Outside all that makes a reply: what is kept of replies has all its headers.
    "v2xkb.records.keyed_replies.KeyedReplies",
    # First, so that no reply leaves without the policy: redirects, error pages and static files included.
    "csp.middleware.CSPMiddleware",
    "v2xkb.records.reply_headers.ReplyHeadersMiddleware",
    "v2xkb.records.rest_middleware.RestMiddleware",
    "v2xkb.records.body_limits.BodyLimitMiddleware",
    "v2xkb.records.https_only.HttpsOnlyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Before whatever resolves an address: which language is active decides which addresses there are.
    "v2xkb.site.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "v2xkb.records.rate_middleware.RateLimitsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "v2xkb.site.unavailable.DatabaseUnavailableMiddleware",
]

ROOT_URLCONF = "v2xkb.urls"
WSGI_APPLICATION = "v2xkb.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database ------------------------------------------------------------------------------------------------------

PRIMARY = database()
DATABASES = {"default": PRIMARY, **replica(PRIMARY)}
DATABASE_ROUTERS = ["v2xkb.records.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Caches --------------------------------------------------------------------------------------------------------

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "replies": replies(),
    # Drawings and maps, kept by what they are made from: they never grow old, only many. None crowds others out.
    **{
        name: {
            "BACKEND": "v2xkb.records.file_cache.FileCache",
            "LOCATION": str(VAR_DIR / name),
            "TIMEOUT": None,
            "OPTIONS": {"MAX_ENTRIES": entries},
        }
        # A map has three entries and more, and a large one takes megabytes.
        for name, entries in (("drawings", 2000), ("cards", 2000), ("maps", 800))
    },
}

# --- Security ------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF],
        "manifest-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    },
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = whole_number("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Browsers' preload lists are hard to leave, so joining one is the operator's own decision.
# Whoever is locked out is told by the page of signing in; a middleware would look at every reply for it.
SILENCED_SYSTEM_CHECKS = ["security.W021", "axes.W002"]
# A proxy that always sets X-Forwarded-Proto, and adds the client's address to X-Forwarded-For.
BEHIND_PROXY = switch("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A long document has more fields in its form than the thousand that Django takes.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# How many megabytes of uploaded files one person may have here.
UPLOADS_MB = whole_number("UPLOADS_MB", default=200)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "v2xkb.site.errors.unsigned"
# Whom to tell of a weakness: a mailto: or https: address. Without one there is no security.txt.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
# How many requests a minute from one place are answered that nothing is kept for, by what they are; 0 for no limit.
RATE_LIMITS = rate_limits()
CORRECTIONS_A_DAY = whole_number("CORRECTIONS_A_DAY", default=20)
CORRECTIONS_A_DAY_OF_ALL = whole_number("CORRECTIONS_A_DAY_OF_ALL", default=1000)
# Nobody approves what they wrote themselves. Off is for teams of one, and the site then says so.
FOUR_EYES = switch("FOUR_EYES", default=True)

# --- Accounts ------------------------------------------------------------------------------------------------------

LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = ["v2xkb.accounts.backends.Backend"]
# The second is what passwords were scrambled with before; they are scrambled anew when their owners sign in.
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]
STOLEN_PASSWORDS_FILE = stolen_passwords()
# Length, and nothing that is guessed first, as digits alone are, or was stolen; no rule asks for kinds of characters.
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "v2xkb.accounts.passwords.AtMostValidator", "OPTIONS": {"most": 128}},
    {"NAME": "v2xkb.accounts.guessed_first.GuessedFirstValidator", "OPTIONS": {"kinds": ["project", "term"]}},
]
if STOLEN_PASSWORDS_FILE:
    AUTH_PASSWORD_VALIDATORS += [
        {"NAME": "v2xkb.accounts.stolen.NotStolenValidator", "OPTIONS": {"file": STOLEN_PASSWORDS_FILE}},
    ]
# How long the code holds with which somebody sets their first password, or a new one.
PASSWORD_RESET_TIMEOUT = 86_400
# How many failures of each there may be, and what is kept of them, is said in v2xkb/accounts/lockout.py.
AXES_HANDLER = "v2xkb.accounts.lockout.Handler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
AXES_FAILURE_LIMIT = 1
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "v2xkb.records.client_address.client_of"
AXES_USERNAME_CALLABLE = "v2xkb.accounts.lockout.name_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# A code of an app beside the password: of everybody, or of whoever sets it up.
TWO_FACTOR = one_of("TWO_FACTOR", ("required", "offered"), default="required" if HTTPS else "offered")
OTP_TOTP_ISSUER = "v2xkb"
SESSION_ENGINE = "v2xkb.accounts.sessions"
SESSION_COOKIE_AGE = 3600 * whole_number("SESSION_HOURS", default=12)
SESSION_IDLE_MINUTES = whole_number("SESSION_IDLE_MINUTES", default=30)
if HTTPS:
    # Browsers take such a cookie from this very host only, and over HTTPS only.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
# How long it is known who signed in, from which address, and who changed whose rights.
KEEP_AUDIT_DAYS = whole_number("KEEP_AUDIT_DAYS", default=365)

# --- Mail ----------------------------------------------------------------------------------------------------------

SITE_ADDRESS = site_address()
MAIL = mail()
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.get("EMAIL_USE_TLS", False), MAIL.get("EMAIL_USE_SSL", False)
EMAIL_HOST = MAIL["EMAIL_HOST"] or "localhost"
EMAIL_PORT = MAIL["EMAIL_PORT"] or (587 if EMAIL_USE_TLS else 465 if EMAIL_USE_SSL else 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"] or "", MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_FILE_PATH = MAIL["EMAIL_FILE_PATH"] or None
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="v2xkb@localhost")
# How long after the outcome of a correction its sender's address is kept.
KEEP_EMAILS_DAYS = whole_number("KEEP_EMAILS_DAYS", default=30)

# --- Language, time, static files ----------------------------------------------------------------------------------

# Names are each language's own. Pages of the first have no prefix; data, API and schemas speak nothing else.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "v2xkb" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = STATIC
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "v2xkb.charts.bundled.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "v2xkb.static_files.StaticFilesStorage"
    },
}

# --- Interfaces ----------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["v2xkb.records.renderers.CanonicalRenderer"],
    "DEFAULT_SCHEMA_CLASS": "v2xkb.records.openapi.OperationSchema",
    "EXCEPTION_HANDLER": "v2xkb.records.problem_details.handle",
    "UNAUTHENTICATED_USER": None,
    # A reply's form is asked for by Accept; the parameter would be one that exists nowhere else.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "v2xkb",
    "DESCRIPTION": "Reading the knowledge base of V2X projects, barriers, terms and literature, and proposing changes. "
    "Data: CC BY 4.0.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "POSTPROCESSING_HOOKS": ["v2xkb.records.openapi.add_documents"],
    "SERVE_INCLUDE_SCHEMA": False,
}
GRAPHENE = {"SCHEMA": "v2xkb.schema.schema"}

# --- Logging -------------------------------------------------------------------------------------------------------

# A line for each request, with its name; a proxy in front often writes its own.
REQUEST_LOG = switch("REQUEST_LOG", default=False)


# How lines are written: for people, or one JSON object each for programs.
LOG_FORMATS: dict[str, dict[str, Any]] = {
    "plain": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
    "json": {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "fmt": ["levelname", "name", "request_id", "message"],
        "rename_fields": {"levelname": "level", "name": "logger"},
        "timestamp": "time",
    },
}
LOG_FORMAT = one_of("LOG_FORMAT", LOG_FORMATS, default="plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "v2xkb.site.request_log.RequestFilter"}},
    "formatters": LOG_FORMATS,
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django's own handlers would say everything twice, and nothing at all outside DEBUG.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # It names people and addresses; what is to be known of sign-ins is in the log of accounts.
        "axes": {"level": "ERROR"},
        # Tries of its own in the background; who waits for a connection says so.
        "psycopg.pool": {"level": "ERROR"},
        # It repeats what is wrong with a pasted text, which the person who pasted it is told.
        "bibtexparser": {"level": "CRITICAL"},
    },
}
