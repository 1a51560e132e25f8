"""Two pages that one person opens in the same moment show one secret, and its code counts."""

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.accounts.codes import shown_by_app
from tests.accounts.signing_in import curator
from tests.at_once import at_once
from v2xkb.accounts import second_factor

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = 6


def test_whoever_sets_it_up_in_several_windows_at_once_has_one_secret() -> None:
    anna = curator()
    shown = at_once(*[lambda: second_factor.begun(anna).key] * PAGES)
    assert set(shown) == {TOTPDevice.objects.get().key}
    assert second_factor.confirm(anna, shown_by_app(anna))


def test_of_two_codes_at_once_one_confirms() -> None:
    anna = curator()
    second_factor.begun(anna)
    code = shown_by_app(anna)
    confirmed = at_once(*[lambda: bool(second_factor.confirm(anna, code))] * 2)
    assert sorted(confirmed) == [False, True]
    assert TOTPDevice.objects.get().confirmed
