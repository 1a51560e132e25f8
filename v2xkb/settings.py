"""The one settings file: every value comes from the environment, and what is left unset is safe."""

from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from v2xkb.addresses import database, mail, replica, replies, site_address
from v2xkb.environment import env, switch, whole_number
from v2xkb.instance import BASE_DIR, read_secret_key, secret_key_file, var_dir

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
    "v2xkb.site.health.HealthMiddleware",
    # Outside all that makes a reply: what is kept of replies has all its headers.
    "v2xkb.records.keyed_replies.KeyedReplies",
    # First, so that no reply leaves without the policy: redirects, error pages and static files included.
    "csp.middleware.CSPMiddleware",
    "v2xkb.records.rest_middleware.RestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Before whatever resolves an address: which language is active decides which addresses there are.
    "v2xkb.site.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
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
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# A proxy that always sets X-Forwarded-Proto, and adds the client's address to X-Forwarded-For.
BEHIND_PROXY = switch("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# A long document has more fields in its form than the thousand that Django takes.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "v2xkb.site.errors.unsigned"
# Whom to tell of a weakness: a mailto: or https: address. Without one there is no security.txt.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
# Nobody approves what they wrote themselves. Off is for teams of one, and the site then says so.
FOUR_EYES = switch("FOUR_EYES", default=True)
LOGIN_URL = "admin:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

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

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
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


def log_format() -> str:
    """How lines are written: for people, or one JSON object each for programs."""
    name = env.str("LOG_FORMAT", default="") or "plain"
    if name not in LOG_FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT is {name!r}, which is none. Set it to {' or '.join(LOG_FORMATS)}.")
    return name


LOG_FORMATS: dict[str, dict[str, Any]] = {
    "plain": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"},
    "json": {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "fmt": ["levelname", "name", "request_id", "message"],
        "rename_fields": {"levelname": "level", "name": "logger"},
        "timestamp": "time",
    },
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "v2xkb.site.request_log.RequestFilter"}},
    "formatters": LOG_FORMATS,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": log_format(), "filters": ["request"]}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django's own handlers would say everything twice, and nothing at all outside DEBUG.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # Tries of its own in the background; who waits for a connection says so.
        "psycopg.pool": {"level": "ERROR"},
        # It repeats what is wrong with a pasted text, which the person who pasted it is told.
        "bibtexparser": {"level": "CRITICAL"},
    },
}
