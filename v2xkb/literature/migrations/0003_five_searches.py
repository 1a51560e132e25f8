"""The five searches of the paper's bibliometric analysis, to be filled by whoever has the exports."""

from django.db import migrations

SEARCHES = (
    "bidirectional charging",
    "vehicle-to-everything",
    "vehicle-to-grid",
    "vehicle-to-building",
    "vehicle-to-home",
)
NOTE = (
    "One of the five searches of the paper's bibliometric analysis. It is empty until somebody with access to the "
    "database loads an export."
)


def make_corpora(apps, schema_editor):
    for words in SEARCHES:
        apps.get_model("literature", "Corpus").objects.get_or_create(
            slug=words.replace(" ", "-"),
            defaults={
                "name": words.capitalize(),
                "query": f'"{words}"',
                "database": "Scopus",
                "note": NOTE,
                # That they were searched for is public; there is nothing else to see yet.
                "is_published": True,
            },
        )


class Migration(migrations.Migration):

    dependencies = [("literature", "0002_corpora")]

    operations = [migrations.RunPython(make_corpora, migrations.RunPython.noop)]
