"""Lets somebody try to sign in again before the time is over."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.accounts import second_factor
from v2xkb.accounts.audit import note
from v2xkb.accounts.choices import Happening
from v2xkb.accounts.lockout import forget_failures
from v2xkb.records.client_address import network


class Command(BaseCommand):
    help = "Forget the failed tries to sign in of a user name from everywhere, or of an address for every name."

    def add_arguments(self, parser: CommandParser) -> None:
        either = parser.add_mutually_exclusive_group(required=True)
        either.add_argument("username", nargs="?", help="the account's user name")
        either.add_argument("--address", help="a client's address, such as that of an office")

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["address"] and network(options["address"]).partition("/")[0]
        if options["address"] and not address:
            raise CommandError(f"{options['address']!r} is no address. Give one such as 192.0.2.7 or 2001:db8::7.")
        name = options["username"]
        forgotten = forget_failures(name, address)
        account = get_user_model()._default_manager.filter(username=name).first()
        if account:
            second_factor.forget_failures(account)
        if forgotten:
            note(Happening.UNLOCKED, account, detail="by the command" if name else f"the address {address}")
        who = f"the address {address}" if address else name
        self.stdout.write(
            f"{who} can try again: {forgotten} notes of failed tries are forgotten."
            if forgotten
            else f"Nothing is noted against {who}, which is not locked out."
        )
