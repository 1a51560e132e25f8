"""The addresses of accounts within the admin: those on the way in are for everybody, the others for who is in."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from v2xkb.accounts import account_views, confirming, first_password, second_factor_views


def urls_of(guarded: Callable[[Callable[..., Any]], Callable[..., Any]]) -> list[URLPattern]:
    return [
        path("login/first/", first_password.first_password, name="first_password"),
        path("login/code/", second_factor_views.code, name="second_factor_code"),
        path("login/set-up/", second_factor_views.set_up, name="second_factor_set_up"),
        path("login/set-up/qr.svg", second_factor_views.picture, name="second_factor_picture"),
        path("account/", guarded(account_views.account), name="account"),
        path("account/confirm/", guarded(confirming.confirm), name="confirm"),
        path("account/second-factor/", guarded(account_views.second_factor_steps), name="second_factor_steps"),
        path("account/sessions/", guarded(account_views.end_sessions), name="end_sessions"),
    ]
