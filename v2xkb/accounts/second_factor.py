"""The second thing that lets one in beside the password: codes of an app by time, and codes for when it is lost."""

import hashlib
import hmac
import secrets
from base64 import b32encode
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening
from v2xkb.accounts.models import RecoveryCode

REQUIRED = "required"
# In a session: how its person showed the second factor; on a user who is being signed in: the same.
HOW = "second_factor"
BY_APP, BY_RECOVERY_CODE = "by app", "by recovery code"
CODES = 10
# 80 bits, in groups that can be read and typed.
CODE_BYTES = 10
GROUP = 4


def is_required() -> bool:
    return bool(settings.TWO_FACTOR == REQUIRED)


def has_one(user: Any) -> bool:
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


@transaction.atomic
def begun(user: Any) -> TOTPDevice:
    """The app's secret that waits to be confirmed by a first code; the same until it is."""
    lock(user)
    waiting = TOTPDevice.objects.devices_for_user(user, confirmed=False).first()
    return waiting or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def lock(user: Any) -> None:
    """Until the transaction ends nobody else sets up theirs: a secret that is not there yet can't be locked itself."""
    # What only points at the account, such as the log, need not wait.
    get_user_model()._default_manager.select_for_update(no_key=True).get(pk=user.pk)


def picture_of(device: TOTPDevice) -> bytes:
    """What an app reads with its camera, as SVG."""
    picture = BytesIO()
    segno.make(device.config_url, error="m").save(
        picture, kind="svg", scale=5, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return picture.getvalue()


def spelt(device: TOTPDevice) -> str:
    """The same to be typed."""
    return in_groups(b32encode(device.bin_key).decode())


@transaction.atomic
def confirm(user: Any, code: str) -> list[str]:
    """Makes what was begun the person's second factor, in place of any other; returns new recovery codes, if right."""
    lock(user)
    device = TOTPDevice.objects.devices_for_user(user, confirmed=False).first()
    if device is None or not device.verify_token(digits_of(code)):
        return []
    TOTPDevice.objects.devices_for_user(user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    note(Happening.SECOND_FACTOR, user, detail="set up")
    return new_recovery_codes(user)


@transaction.atomic
def check(user: Any, code: str) -> str:
    """How a code lets in, once: by the app or as a recovery code; empty where it does not."""
    device = TOTPDevice.objects.devices_for_user(user, confirmed=True).select_for_update().first()
    if device is None:
        return ""
    typed = digits_of(code)
    if typed.isascii() and typed.isdecimal() and len(typed) == device.digits:
        return BY_APP if device.verify_token(typed) else ""
    return BY_RECOVERY_CODE if spend(user, code) else ""


@transaction.atomic
def remove(user: Any, detail: str = "removed") -> bool:
    """Whether there was one; whoever is signed in elsewhere has to sign in anew."""
    there, _ = TOTPDevice.objects.devices_for_user(user).delete()
    RecoveryCode.objects.of(user).delete()
    if there:
        note(Happening.SECOND_FACTOR, user, detail=detail)
    return bool(there)


@transaction.atomic
def new_recovery_codes(user: Any) -> list[str]:
    """They are told once; those from before hold no longer."""
    RecoveryCode.objects.of(user).delete()
    codes = [in_groups(b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()) for _ in range(CODES)]
    rows = []
    for code in codes:
        salt = secrets.token_hex(16)
        rows.append(RecoveryCode(user=user, salt=salt, digest=digest_of(salt, code)))
    RecoveryCode.objects.bulk_create(rows)
    note(Happening.SECOND_FACTOR, user, detail="new recovery codes")
    return codes


def forget_failures(user: Any) -> None:
    """The app's next code counts at once, however many were wrong."""
    for device in TOTPDevice.objects.devices_for_user(user):
        device.throttle_reset()


def spend(user: Any, code: str) -> bool:
    for kept in RecoveryCode.objects.of(user):
        if hmac.compare_digest(kept.digest, digest_of(kept.salt, code)):
            return RecoveryCode.objects.spend(kept.pk)
    return False


def digest_of(salt: str, code: str) -> str:
    """Of 80 random bits a quick hash is enough: nobody can try them all."""
    plain = "".join(one for one in code.lower() if one.isalnum())
    return hashlib.sha256(f"{salt}{plain}".encode(errors="replace")).hexdigest()


def digits_of(code: str) -> str:
    """As apps show it in two groups, people type it in two."""
    return "".join(code.split())


def in_groups(text: str) -> str:
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))
