"""Releases are signed by role, as a name would outlive the erasing of its person; their files name nobody."""

from django.db import migrations

ROLE = "a publisher"
# How releases are signed that the command makes, where it is told nothing else.
AT_THE_SHELL = "the operator"
ADDITION = 1


def sign_by_role(apps, schema_editor):
    releases = apps.get_model("releases", "Release").objects.exclude(by__in=[AT_THE_SHELL, ROLE])
    people = set()
    for user in apps.get_model("auth", "User").objects.iterator():
        people |= {user.username, f"{user.first_name} {user.last_name}".strip()}
    # Of people who were erased before, the admin's log alone tells that it was a person who asked.
    log = apps.get_model("admin", "LogEntry").objects.filter(
        content_type__app_label="releases", content_type__model="release", action_flag=ADDITION
    )
    asked_for = set(log.values_list("object_id", flat=True))
    revisions = apps.get_model("records", "Revision").objects
    for pk, version, by in list(releases.values_list("pk", "version", "by")):
        if by in people or str(pk) in asked_for:
            revisions.filter(reason=f"Release {version} was made.", by=by).update(by=ROLE)
            releases.filter(pk=pk).update(by=ROLE)


class Migration(migrations.Migration):

    dependencies = [
        ("releases", "0001_initial"),
        ("records", "0002_search"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(sign_by_role, migrations.RunPython.noop)]
