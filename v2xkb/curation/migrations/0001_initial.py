import django.db.models.deletion
import v2xkb.records.fields
from django.conf import settings
from django.db import migrations, models
from v2xkb.records.migrating import NewTables


class Migration(NewTables):

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('records', '0002_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='What it is for, so that you know which one to revoke.', max_length=100)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scope', models.CharField(choices=[('propose', 'sending proposals and asking what became of them')], default='propose', max_length=20)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('last_used_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DuplicateCandidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('low', v2xkb.records.fields.AsciiKeyField(max_length=20)),
                ('high', v2xkb.records.fields.AsciiKeyField(max_length=20)),
                ('score', models.FloatField()),
                ('evidence', models.JSONField(help_text='points and words of everything that speaks for or against')),
                ('found_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-score', 'low', 'high'],
                'constraints': [models.UniqueConstraint(fields=('low', 'high'), name='curation_candidate_pair_once')],
            },
        ),
        migrations.CreateModel(
            name='LinkCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', v2xkb.records.fields.AsciiKeyField(help_text='SHA-256 of the address: it is too long for an index', max_length=64, unique=True)),
                ('url', models.TextField(verbose_name='address')),
                ('checked_at', models.DateTimeField()),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('outcome', models.CharField(choices=[('answers', 'answers'), ('gone', 'not found'), ('failed', 'failed'), ('unsure', 'unsure'), ('refused', 'not asked')], max_length=20)),
                ('detail', models.TextField(blank=True)),
                ('failures_in_a_row', models.PositiveIntegerField(default=0)),
                ('failing_since', models.DateTimeField(null=True)),
                ('gone_on', models.DateField(help_text='the first day of 404 or 410 since it last answered', null=True)),
                ('is_dead', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['-is_dead', 'failing_since', 'pk'],
                'indexes': [models.Index(fields=['outcome', 'is_dead'], name='curation_link_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(help_text='Why the records should change; stands in their public history.')),
                ('signed', models.CharField(choices=[('name', 'by name'), ('role', 'by role only')], default='name', help_text='How the public history names you.', max_length=10)),
                ('way', models.CharField(choices=[('editor', 'edited by hand'), ('import', 'imported from a spreadsheet'), ('script', 'sent by a program'), ('merge', 'merge of two records'), ('revert', 'return to an earlier version'), ('correction', 'public correction')], default='editor', max_length=20)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'waiting for review'), ('approved', 'approved'), ('changes-requested', 'changes requested'), ('rejected', 'rejected'), ('applied', 'applied'), ('withdrawn', 'withdrawn')], default='draft', max_length=20)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                ('revision', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='records.revision')),
            ],
            options={
                'ordering': ['-changed_at', '-pk'],
                'permissions': [('propose', 'Can propose changes of records'), ('review', 'Can review what others propose'), ('publish', 'Can apply approved proposals, merge and release'), ('administer', 'Can act for authors who are gone, and erase persons')],
                'indexes': [models.Index(fields=['state', 'changed_at'], name='curation_proposal_queue')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=40)),
                ('sheet', models.CharField(blank=True, max_length=100)),
                ('content', models.BinaryField()),
                ('described', models.CharField(max_length=300)),
                ('headers', models.JSONField(default=list)),
                ('samples', models.JSONField(default=list)),
                ('columns', models.JSONField(default=dict)),
                ('source', models.CharField(blank=True, max_length=100)),
                ('reason', models.TextField(blank=True)),
                ('signed', models.CharField(choices=[('name', 'by name'), ('role', 'by role only')], default='name', max_length=10)),
                ('state', models.CharField(choices=[('columns', 'columns to be checked'), ('queued', 'waiting for the worker'), ('running', 'being worked on'), ('checked', 'ready to be looked at'), ('failed', 'stopped by a fault'), ('proposed', 'proposed')], default='columns', max_length=10)),
                ('work', models.CharField(blank=True, choices=[('check', 'looking at every row'), ('propose', 'making the proposal')], max_length=10)),
                ('run', models.PositiveIntegerField(default=0)),
                ('worker', models.CharField(blank=True, max_length=200)),
                ('beat_at', models.DateTimeField(null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('counts', models.JSONField(default=dict)),
                ('passed_over', models.JSONField(default=list)),
                ('faults', models.JSONField(default=list)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imports', to='curation.proposal')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('action', models.CharField(choices=[('save', 'saved'), ('drop', 'left out'), ('submit', 'submitted'), ('take-back', 'taken back'), ('approve', 'approved'), ('ask', 'asked for changes'), ('reject', 'rejected'), ('apply', 'applied'), ('withdraw', 'withdrawn'), ('reopen', 'reopened'), ('rebase', 'brought up to date'), ('comment', 'commented')], max_length=20)),
                ('pid', v2xkb.records.fields.AsciiKeyField(blank=True, max_length=20)),
                ('path', models.CharField(blank=True, max_length=300)),
                ('note', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='curation.proposal')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DuplicateDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('low', v2xkb.records.fields.AsciiKeyField(max_length=20)),
                ('high', v2xkb.records.fields.AsciiKeyField(max_length=20)),
                ('low_version', models.PositiveIntegerField()),
                ('high_version', models.PositiveIntegerField()),
                ('verdict', models.CharField(choices=[('same', 'the same thing'), ('different', 'two things'), ('unsure', 'not to be told yet')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='duplicates', to='curation.proposal')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['low', 'high', 'at'], name='curation_decision_pair')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20, verbose_name='permanent id')),
                ('kind', models.CharField(max_length=40)),
                ('path', models.CharField(max_length=300)),
                ('version', models.PositiveIntegerField()),
                ('label', models.TextField()),
                ('shown', models.TextField(blank=True)),
                ('text', models.TextField()),
                ('source', models.TextField()),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(help_text='in which the sender read the page', max_length=10)),
                ('secret_hash', v2xkb.records.fields.AsciiKeyField(max_length=64, unique=True)),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('outcome', models.CharField(blank=True, choices=[('declined', 'declined'), ('already-right', 'already right')], max_length=20)),
                ('answer', models.TextField(blank=True, help_text='what the sender reads')),
                ('answered_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(help_text='when a mail told the sender the outcome', null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='curation.proposal')),
            ],
            options={
                'ordering': ['received_at', 'pk'],
                'indexes': [models.Index(fields=['outcome', 'received_at'], name='curation_correction_queue')],
            },
        ),
        migrations.CreateModel(
            name='ProposedDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pid', v2xkb.records.fields.AsciiKeyField(max_length=20, verbose_name='permanent id')),
                ('kind', models.CharField(max_length=40)),
                ('slug', models.CharField(blank=True, max_length=200)),
                ('base', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True)),
                ('answers', v2xkb.records.fields.AsciiKeyField(blank=True, max_length=20)),
                ('number', models.PositiveIntegerField(default=1, help_text='how often the draft was saved')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='curation.proposal')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('proposal', 'pid'), name='curation_document_once_in_proposal')],
            },
        ),
        migrations.CreateModel(
            name='DraftVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('base', models.PositiveIntegerField()),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('text', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='curation.proposeddocument')),
            ],
            options={
                'ordering': ['document', '-number'],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='curation_draft_number_unique')],
            },
        ),
        migrations.CreateModel(
            name='SenderCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('sender', v2xkb.records.fields.AsciiKeyField(blank=True, max_length=64)),
                ('number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['day', 'sender'],
                'constraints': [models.UniqueConstraint(fields=('day', 'sender'), name='curation_sender_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='SentProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='sent', to='curation.proposal')),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sent', to='curation.apitoken')),
            ],
        ),
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=64)),
                ('columns', models.JSONField()),
                ('at', models.DateTimeField(auto_now=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'digest'), name='curation_mapping_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('outcome', models.CharField(max_length=10)),
                ('pid', v2xkb.records.fields.AsciiKeyField(blank=True, max_length=20)),
                ('slug', models.CharField(blank=True, max_length=200)),
                ('label', models.TextField(blank=True)),
                ('base', models.PositiveIntegerField(default=0)),
                ('kept', models.BooleanField(default=False)),
                ('details', models.TextField(default='{}')),
                ('document', models.TextField(blank=True)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='curation.import')),
            ],
            options={
                'ordering': ['of', 'number'],
                'indexes': [models.Index(fields=['of', 'outcome', 'number'], name='curation_import_row_outcome')],
                'constraints': [models.UniqueConstraint(fields=('of', 'number'), name='curation_import_row_once')],
            },
        ),
        migrations.CreateModel(
            name='NotificationChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('at-once', 'at once, and the weekly digest'), ('weekly', 'the weekly digest only'), ('never', 'nothing')], default='at-once', max_length=20, verbose_name='told by e-mail')),
                ('feed_hash', v2xkb.records.fields.AsciiKeyField(blank=True, editable=False, max_length=64)),
                ('feed_made_at', models.DateTimeField(editable=False, null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notification_choice', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'my notifications',
                'ordering': ['user'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('feed_hash', ''), _negated=True), fields=('feed_hash',), name='curation_feed_secret_unique')],
            },
        ),
    ]
