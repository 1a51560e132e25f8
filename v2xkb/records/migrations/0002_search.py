"""Tables of what records are found by, and each database's full-text index over them."""

import django.db.models.deletion
import v2xkb.records.fields
from django.db import migrations, models
from django.db.utils import OperationalError

# No stemming, no ranking, no positions: which tokens a record has in which tier is all that is asked.
SQLITE_TABLE = """
CREATE VIRTUAL TABLE records_searchindex USING fts5(
    a, b, c,
    content='records_searchentry', content_rowid='record_id',
    tokenize="unicode61 tokenchars '_'", detail=column, columnsize=0
)
"""
SQLITE_ADD = "INSERT INTO records_searchindex(rowid, a, b, c) VALUES (new.record_id, new.a, new.b, new.c);"
SQLITE_DROP = (
    "INSERT INTO records_searchindex(records_searchindex, rowid, a, b, c)"
    " VALUES ('delete', old.record_id, old.a, old.b, old.c);"
)
SQLITE_TRIGGERS = [
    f"CREATE TRIGGER records_search_added AFTER INSERT ON records_searchentry BEGIN {SQLITE_ADD} END",
    f"CREATE TRIGGER records_search_removed AFTER DELETE ON records_searchentry BEGIN {SQLITE_DROP} END",
    "CREATE TRIGGER records_search_changed AFTER UPDATE ON records_searchentry"
    f" BEGIN {SQLITE_DROP} {SQLITE_ADD} END",
]


POSTGRESQL_INDEXES = {
    "a": "a::tsvector",
    "ab": "(a || ' ' || b)::tsvector",
    "abc": "(a || ' ' || b || ' ' || c)::tsvector",
}
# Common words tempt the planner to read the whole table, which takes twenty times as long: it doesn't know what
# making a tsvector costs. Inside this function it has the index only.
POSTGRESQL_FUNCTION = """
CREATE FUNCTION records_search(tiers text, query tsquery) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE SET enable_seqscan = off AS $$
BEGIN
    CASE tiers
    %s
    END CASE;
END
$$
""" % "\n    ".join(
    f"WHEN '{tiers}' THEN RETURN QUERY SELECT record_id FROM records_searchentry WHERE ({vector}) @@ query;"
    for tiers, vector in POSTGRESQL_INDEXES.items()
)


def make_index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for tiers, vector in POSTGRESQL_INDEXES.items():
            schema_editor.execute(
                f"CREATE INDEX records_searchentry_{tiers} ON records_searchentry USING gin (({vector})) WITH (fastupdate = off)"
            )
        # Its body holds no placeholder, so no parameters are given.
        schema_editor.execute(POSTGRESQL_FUNCTION, None)
        return
    try:
        schema_editor.execute(SQLITE_TABLE)
    except OperationalError as error:
        if "no such module" in str(error):
            raise RuntimeError(
                "This Python's SQLite was built without FTS5, which search needs. Use another Python, or PostgreSQL."
            ) from error
        raise
    for trigger in SQLITE_TRIGGERS:
        schema_editor.execute(trigger)


def drop_index(apps, schema_editor):
    """On PostgreSQL the indexes go with their table."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION records_search")
        return
    for name in ("added", "removed", "changed"):
        schema_editor.execute(f"DROP TRIGGER records_search_{name}")
    schema_editor.execute("DROP TABLE records_searchindex")


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='records.record')),
                ('label', models.TextField(help_text='the label that entries of records naming this one were made with')),
                ('a', models.TextField(blank=True)),
                ('b', models.TextField(blank=True)),
                ('c', models.TextField(blank=True)),
            ],
            options={
                'verbose_name_plural': 'search entries',
            },
        ),
        migrations.CreateModel(
            name='SearchPhrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phrase', v2xkb.records.fields.AsciiKeyField(max_length=1000)),
                ('tokens', models.TextField()),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_phrases', to='records.record')),
            ],
        ),
        migrations.AddConstraint(
            model_name='searchphrase',
            constraint=models.UniqueConstraint(fields=('phrase', 'record'), name='records_search_phrase_once'),
        ),
        migrations.RunPython(make_index, drop_index),
    ]
