import django.db.models.deletion
import v2xkb.records.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('number', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.CharField(max_length=200)),
                ('reason', models.TextField()),
                ('origin', models.CharField(choices=[('fixtures', 'fixtures'), ('curation', 'curation')], max_length=20)),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20, unique=True, verbose_name='permanent id')),
                ('kind', models.CharField(max_length=40)),
                ('subtype', models.CharField(blank=True, max_length=40)),
                ('slug', v2xkb.records.fields.AsciiKeyField(max_length=100)),
                ('label', models.TextField()),
                ('sort_key', v2xkb.records.fields.AsciiKeyField(max_length=200)),
                ('version', models.PositiveIntegerField()),
                ('origin', models.CharField(choices=[('fixtures', 'fixtures'), ('curation', 'curation')], max_length=20)),
                ('document', models.TextField()),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='records.revision')),
            ],
            options={
                'ordering': ['kind', 'sort_key', 'pid'],
                'indexes': [models.Index(fields=['kind', 'sort_key', 'pid'], name='records_record_listing')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='records_record_kind_slug_unique'), models.CheckConstraint(condition=models.Q(('slug', ''), _negated=True), name='records_record_slug_filled'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='records_record_version_positive')],
            },
        ),
        migrations.CreateModel(
            name='BasisEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=300)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('cited', 'cited'), ('derived', 'derived by a rule'), ('classified', 'classified by a curator')], max_length=20)),
                ('place', models.TextField(blank=True)),
                ('read', models.CharField(blank=True, max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('note', models.TextField(blank=True)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bases', to='records.record')),
            ],
            options={
                'verbose_name_plural': 'basis entries',
                'ordering': ['record', 'path', 'position'],
                'indexes': [models.Index(fields=['path', 'kind', 'record'], name='records_basis_path_kind')],
                'constraints': [models.UniqueConstraint(fields=('record', 'path', 'position'), name='records_basis_path_position_unique')],
            },
        ),
        migrations.CreateModel(
            name='Redirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('slug', v2xkb.records.fields.AsciiKeyField(max_length=100)),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20)),
                ('target_pid', v2xkb.records.fields.AsciiKeyField(blank=True, max_length=20)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redirects', to='records.revision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='records_redirect_kind_slug_unique')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20)),
                ('kind', models.CharField(max_length=40)),
                ('slug', v2xkb.records.fields.AsciiKeyField(max_length=100)),
                ('number', models.PositiveIntegerField()),
                ('document', models.TextField(blank=True)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='records.revision')),
            ],
            options={
                'ordering': ['pid', '-number'],
                'constraints': [models.UniqueConstraint(fields=('pid', 'number'), name='records_version_pid_number_unique')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=400)),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='records.basisentry')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='records.record')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='backlinks', to='records.record')),
            ],
            options={
                'ordering': ['source', 'path'],
                'constraints': [models.UniqueConstraint(fields=('source', 'path'), name='records_link_source_path_unique')],
            },
        ),
    ]
