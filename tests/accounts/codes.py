"""A telephone of a test's own: what its app shows, at this time or a later one."""

import time

from django.contrib.auth.models import User
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from v2xkb.accounts import second_factor


def shown_by_app(user: User, *, steps_on: int = 0) -> str:
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + steps_on * device.step
    return f"{totp.token():06d}"


def with_second_factor(user: User) -> list[str]:
    """Sets one up with the code of the step before, so that the present one is still to be used."""
    second_factor.begun(user)
    return second_factor.confirm(user, shown_by_app(user, steps_on=-1))
