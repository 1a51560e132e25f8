"""Erases a person: what they did stays, who they were goes."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from v2xkb.curation.erasing import erase
from v2xkb.curation.people import is_erased
from v2xkb.records.problems import nearest, shown


class Command(BaseCommand):
    help = "Takes a person's name, e-mail, password, roles, sessions and tokens away; history stays whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the user name of the account")
        parser.add_argument("--yes", action="store_true", help="don't ask; it cannot be undone")

    def handle(self, *args: Any, username: str, yes: bool, **options: Any) -> None:
        accounts = get_user_model()._default_manager
        user = accounts.filter(username=username).first()
        if user is None:
            known = accounts.values_list("username", flat=True)
            raise CommandError(f"There is no account {shown(username)}. {nearest(username, known)}")
        if is_erased(user):
            raise CommandError(f"{username} is erased already.")
        if not yes and input(f"Erase {username} for good? Type the user name again: ") != username:
            raise CommandError("Nothing was erased.")
        erase(user)
        self.stdout.write(
            f"Erased. What they did is now signed by {user.username}, in public by “a former contributor”."
        )
