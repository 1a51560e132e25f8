"""What the commands of backups share: they run before anything is checked, and tell a terminal how far they are."""

from django.core.management.base import BaseCommand


class BackupCommand(BaseCommand):
    """A command that goes through tables one after the other."""

    requires_system_checks = ()

    def progress(self, what: str, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} of {total} {what:<40}", ending="\n" if done == total else "")
