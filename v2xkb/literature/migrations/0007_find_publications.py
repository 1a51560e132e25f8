"""What lists find publications by, for those that were loaded before there were lists."""

from django.db import migrations

from v2xkb.literature.corpora.finding import keyword_keys, title_tokens

AT_ONCE = 1000


def fill(apps, schema_editor):
    model = apps.get_model("literature", "Publication")
    publications = model.objects.only("pk", "title", "author_keywords", "index_keywords").order_by("pk")
    last = 0
    while rows := list(publications.filter(pk__gt=last)[:AT_ONCE]):
        for one in rows:
            one.title_tokens = title_tokens(one.title)
            one.keyword_keys = keyword_keys(one.author_keywords, one.index_keywords)
        model.objects.bulk_update(rows, ["title_tokens", "keyword_keys"])
        last = rows[-1].pk


class Migration(migrations.Migration):

    dependencies = [("literature", "0006_lists_of_publications")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
