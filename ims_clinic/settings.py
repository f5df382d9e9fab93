"""All settings of IMS Clinic, in one place. Every secret and address comes from the environment."""

import sys
from pathlib import Path

from csp.constants import NONE, SELF

from clinical import care_course
from ims_clinic import clock, environment, languages

clock.use_pinned_zones()

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"

DEBUG = environment.flag("IMS_DEBUG")
DEMO = environment.flag("IMS_DEMO")
DATABASE_FREE = environment.is_database_free(sys.argv)
SECRET_KEY = (
    environment.throw_away_secret()
    if DATABASE_FREE
    else environment.secret(
        "IMS_SECRET_KEY",
        LOCAL_DIR / "secret-key",
        "a long random text that signs sessions and links.",
    )
)
ALLOWED_HOSTS = environment.words("IMS_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = environment.words("IMS_TRUSTED_ORIGINS")
PUBLIC_URL = environment.text("IMS_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
BEHIND_TLS = environment.flag("IMS_BEHIND_TLS")
REQUIRE_TWO_FACTOR = environment.flag("IMS_REQUIRE_TWO_FACTOR", default=not DEMO)

INSTALLED_APPS = [
    "audit.apps.AuditConfig",
    "notifications.apps.NotificationsConfig",
    "people.apps.PeopleConfig",
    "scheduling.apps.SchedulingConfig",
    "intake.apps.IntakeConfig",
    "assessment.apps.AssessmentConfig",
    "sessions.apps.TreatmentSessionsConfig",
    "reports.apps.ReportsConfig",
    "ims_clinic.apps.ImsClinicConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # with Django's random padding against BREACH
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "people.middleware.LanguageMiddleware",  # before CSRF, whose refusal a patient must understand
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.ClinicTimeMiddleware",
    "people.middleware.AccessMiddleware",
    "people.middleware.ActorMiddleware",
    "people.middleware.NoStoreMiddleware",
]

ROOT_URLCONF = "ims_clinic.urls"
WSGI_APPLICATION = "ims_clinic.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ims_clinic.navigation.shell",
            ],
            "builtins": ["django.templatetags.static"],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# The application signs in to PostgreSQL as a role that cannot change the audit table; migrations
# run as the owner of the tables (IMS_DATABASE_AS=owner).
DATABASES = environment.NO_DATABASE if DATABASE_FREE else environment.databases()
DATABASE_APP_ROLE = environment.text("IMS_DATABASE_APP_ROLE", "clinic_app")

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "clinic:home"
ACCOUNT_ADAPTER = "people.sign_in.InviteOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # a clinic admin makes the accounts, nobody signs up
MFA_TOTP_ISSUER = "IMS Clinic"

# The calm page of every link that opens nothing; it shows the clinic, which people/ does not know.
LINK_CLOSED_VIEW = "intake.patient_access.link_closed"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # never in a cookie
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "en-ca"  # of staff; patients choose among the languages of locale/
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGES = languages.offered(LOCALE_PATHS[0])
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# The clinic's own category per screening rule, "smoker_tall_thin=relative_contraindication,...",
# and the switch that blocks muscles over the lung altogether.
SCREENING_GRADES = environment.pairs("IMS_SCREENING_GRADES")
LICENSED_MEASURES = environment.words("IMS_LICENSED_MEASURES")  # ids, as "ndi,odi"
# After how many sessions a new assessment is due, where a plan of care says nothing else.
REASSESS_EVERY = environment.number(
    "IMS_REASSESS_EVERY", care_course.REASSESS_EVERY, most=care_course.MOST_BETWEEN
)
# Groups of fewer patients are not shown; five is the usual number (CIHI_SMALL_CELLS).
SMALLEST_GROUP = int(environment.text("IMS_SMALLEST_GROUP", "5"))
LUNG_MUSCLES_BLOCKED = environment.flag("IMS_LUNG_MUSCLES_BLOCKED")
# Minutes after which an alert that nobody opened is passed on, and as long again until the clinic's
# phone list is told. They are settings of the clinic, not of a guideline.
ESCALATE_AFTER = environment.durations(
    "IMS_ESCALATE_AFTER", "emergency=10,same_day=120,urgent=1440,contact_clinic=1440"
)
CLINIC_TIME_ZONE = environment.text("IMS_CLINIC_TIME_ZONE", "America/Vancouver")

STATIC_URL = "static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", LOCAL_DIR / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if environment.flag("IMS_PLAIN_STATIC"):  # tests and DEBUG serve files without collecting them
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = environment.flag("IMS_PLAIN_STATIC")

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = environment.text("IMS_SMTP_HOST", "localhost")
EMAIL_PORT = int(environment.text("IMS_SMTP_PORT", "25"))
DEFAULT_FROM_EMAIL = environment.text("IMS_MAIL_FROM", "clinic@example.invalid")

PROCRASTINATE_ON_APP_READY = "notifications.jobs.on_app_ready"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"no_secrets": {"()": "people.link_log.NoSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "no_secrets"}},
    "root": {"handlers": ["console"], "level": environment.text("IMS_LOG_LEVEL", "WARNING")},
}
