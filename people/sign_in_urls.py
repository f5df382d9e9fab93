"""The pages of django-allauth that exist here, each with its audience; all others do not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path

from people.access import enrolling, public, staff

everyone = staff()

urlpatterns = [
    path("sign-in/", public(account.login), name="account_login"),
    path("sign-out/", public(account.logout), name="account_logout"),
    path("confirm/", enrolling(account.reauthenticate), name="account_reauthenticate"),
    path("password/", everyone(account.password_change), name="account_change_password"),
    path("password/reset/", public(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(  # a key has dashes of its own
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("second-factor/check/", public(mfa.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm/", enrolling(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/", enrolling(mfa.index), name="mfa_index"),
    path("second-factor/app/", enrolling(totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/remove/", everyone(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "second-factor/codes/",
        enrolling(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-factor/codes/new/",
        enrolling(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        enrolling(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
