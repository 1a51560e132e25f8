"""Takes away a second factor whose telephone and recovery codes are lost."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.accounts import second_factor
from v2xkb.accounts.models import Session


class Command(BaseCommand):
    help = "Take a person's second factor and recovery codes away and end their sessions; ask who they are before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"]
        user = get_user_model()._default_manager.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account {name!r}. Names are listed in the admin, under Users.")
        if not second_factor.remove(user, "taken away by an operator"):
            raise CommandError(f"{name} has no second factor.")
        Session.objects.end(user)
        then = "sets up a new one when they sign in" if second_factor.is_required() else "can set up a new one"
        self.stdout.write(f"The second factor of {name} is taken away, their sessions are ended; {name} {then}.")
