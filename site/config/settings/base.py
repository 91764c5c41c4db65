"""What every installation shares. Each variable is read once, here or in the file that needs it; see .env.example."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_email_url
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from environs import FileAwareEnv

# A variable X may also come from a file that X_FILE names.
env = FileAwareEnv(strip_whitespace=True)
REPOSITORY = Path(__file__).resolve().parents[3]
SITE_ROOT = REPOSITORY / "site"

SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
DATABASES = {"default": env.dj_db_url("DATABASE_URL", "postgresql:///fifty", conn_max_age=300, conn_health_checks=True)}
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")

INSTALLED_APPS = [
    "pages",
    "engagement",
    "meetings",
    "communities",
    "config.apps.WiringConfig",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # Wagtail's “il y a 3 minutes” takes its French words from there
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

# How many proxies of ours add to X-Forwarded-For before a request arrives here.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
MIDDLEWARE = [
    "config.client_address.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.second_factor.SecondFactor",
    "config.content_policy.ContentPolicy",
    "django_htmx.middleware.HtmxMiddleware",
    "communities.desk.noting_looks.NoteLooks",
    "meetings.desk.refusals.RefusalMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_ROOT / "design" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "pages.context.demo_town",
                "pages.context.ways_on",
            ],
        },
    },
]

# --- Language and time: French first, English second, Paris time -------------------------------------------
# No LocaleMiddleware: what towns write is French, and a page in two languages serves nobody. English is for staff who
# choose it and for the letters of residents who do.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français")]
LOCALE_PATHS = [SITE_ROOT / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- Files -------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", REPOSITORY / ".local" / "static")
STATICFILES_DIRS = [SITE_ROOT / "design" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", REPOSITORY / ".local" / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Wagtail -----------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = env.str("SITE_NAME", "fifty-fifty")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = ["Europe/Paris"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # a letter would show é as %C3%A9
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "communities.picture_rights.forms.ImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "french"},
}

# --- Staff sign-in -----------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
# One door, allauth's: config/urls.py sends Wagtail's own sign-in pages there, and its password reset is closed.
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_ADAPTER = "config.accounts.StaffAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "config.accounts.StaffSecondFactorAdapter"
MFA_TOTP_TOLERANCE = 1
MFA_REQUIRED = False
# The first administrator, made by start_town when there is none; without a password, one is made and shown once.
ADMIN_EMAIL = env.str("ADMIN_EMAIL", "")
ADMIN_PASSWORD = env.str("ADMIN_PASSWORD", "")

# --- Celery: carries, remembers nothing --------------------------------------------------------------------
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 240
CELERY_TASK_SOFT_TIME_LIMIT = 210
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "communities.post.tasks.carry": {"queue": "post"},
    "communities.post.tasks.carry_answers": {"queue": "post-now"},
    "communities.post.tasks.sweep": {"queue": "post-now"},
    "communities.tasks.open_doors": {"queue": "post-now"},
}
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_CRON_STARTING_DEADLINE = 3600
CELERY_DB_REUSE_MAX = 1000
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 30,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 25,
    # Queues are emptied in the order in which a worker names them.
    "queue_order_strategy": "priority",
}
CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CACHES = {"default": {"BACKEND": "config.forgiving_cache.ForgivingRedisCache", "LOCATION": REDIS_URL}}

# --- The post ----------------------------------------------------------------------------------------------
# One relay, or several separated by commas: each worker begins with another, and passes over those that are down.
_email, *_others = map(dj_email_url.parse, env.str("EMAIL_URL", "smtp://127.0.0.1:25").replace(" ", "").split(","))
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"]
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _email["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _email["EMAIL_USE_SSL"]
OTHER_RELAYS = [
    {
        "host": other["EMAIL_HOST"],
        "port": other["EMAIL_PORT"],
        "user": other["EMAIL_HOST_USER"],
        "password": other["EMAIL_HOST_PASSWORD"],
        "use_tls": other["EMAIL_USE_TLS"],
        "use_ssl": other["EMAIL_USE_SSL"],
    }
    for other in _others
]
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 30)
# A Django e-mail back-end that carries residents' letters instead of the relays; ANYMAIL is what django-anymail's need,
# and the name:password with which a provider calls us.
POST_BACKEND = env.str("POST_BACKEND", "")
ANYMAIL: dict[str, object] = {**dict(env.json("ANYMAIL", {})), "WEBHOOK_SECRET": env.str("INBOUND_WEBHOOK_SECRET", "")}
# Seconds after which another worker takes up the letters of one that died; more than four times EMAIL_TIMEOUT.
POST_LEASE = env.int("POST_LEASE", 300)
# Announcements leave from this hour to that one, by the town's clock; how many letters a minute a provider may get.
POST_OPENS_AT = env.int("POST_OPENS_AT", 8)
POST_CLOSES_AT = env.int("POST_CLOSES_AT", 20)
POST_LIMITS: dict[str, int] = env.dict("POST_LIMITS", {}, subcast_values=int)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"mairie@{urlsplit(SITE_URL).hostname}")
# The domain whose mailbox we read (reunions+<token>@...). Empty: letters carry METHOD:PUBLISH, nobody answers a void.
INBOUND_DOMAIN = env.str("INBOUND_DOMAIN", "")
# Where an e-mail becomes a text message: {number} stands for 33612345678. Empty: none is sent, nor spoken of.
SMS_GATEWAY = env.str("SMS_GATEWAY", "", validate=lambda pattern: not pattern or "{number}" in pattern)
# Letters that a resident did not ask for, within thirty days; the next ones wait for the weekly letter.
MOST_UNASKED_LETTERS = env.int("MOST_UNASKED_LETTERS", 4)
# Who signs the Authentication-Results that we believe: our own mail server, by the name it gives itself there.
INBOUND_AUTHSERV_ID = env.str("INBOUND_AUTHSERV_ID", "")
# Whom the envelope of the one message on receive_mail's standard input names; Dovecot and others say it this way.
INBOUND_RECIPIENT = env.str("ORIGINAL_RECIPIENT", "")
# A mailbox to read each minute, and the folder where what was read goes: imaps://name:password@host:993/INBOX
INBOUND_IMAP_URL = env.str("INBOUND_IMAP_URL", "")
INBOUND_IMAP_ARCHIVE = env.str("INBOUND_IMAP_ARCHIVE", "")
# What « Vérifier l'envoi » looks for: the names of our DKIM keys, and the addresses that letters leave from.
DKIM_SELECTORS: list[str] = env.list("DKIM_SELECTORS", [])
SENDING_ADDRESSES: list[str] = env.list("SENDING_ADDRESSES", [])

# --- Browser rules -----------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/documents/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "frame-ancestors": [SELF],
    },
}
# Wagtail's admin has inline scripts and styles, and shows previews in a frame.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "manifest-src": [SELF],
    "frame-ancestors": [SELF],
}

DEMO_TOWN = env.bool("DEMO_TOWN", False)
