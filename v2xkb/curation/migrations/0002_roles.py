"""The groups whose rights make up the roles of curation."""

from django.db import migrations

ROLES = {
    "Contributor": ["propose"],
    "Editor": ["propose", "review"],
    "Publisher": ["propose", "review", "publish"],
    "Administrator": ["propose", "review", "publish", "administer"],
}
RIGHTS = {
    "propose": "Can propose changes of records",
    "review": "Can review what others propose",
    "publish": "Can apply approved proposals, merge and release",
    "administer": "Can act for authors who are gone, and erase persons",
}
# What an administrator does about accounts.
ACCOUNTS = {
    "user": {"add_user": "Can add user", "change_user": "Can change user", "view_user": "Can view user"},
    "group": {"view_group": "Can view group"},
}


def make_groups(apps, schema_editor):
    def right(app, model, codename, name):
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
        permissions = apps.get_model("auth", "Permission").objects
        # Django itself makes rights only once all migrations are done; it leaves those alone that are there.
        return permissions.get_or_create(content_type=content_type, codename=codename, defaults={"name": name})[0]

    groups = apps.get_model("auth", "Group").objects
    for group_name, rights in ROLES.items():
        group, _ = groups.get_or_create(name=group_name)
        group.permissions.add(*(right("curation", "proposal", codename, RIGHTS[codename]) for codename in rights))
    accounts = [
        right("auth", model, codename, name) for model, names in ACCOUNTS.items() for codename, name in names.items()
    ]
    groups.get(name="Administrator").permissions.add(*accounts)


class Migration(migrations.Migration):

    dependencies = [
        ("curation", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
