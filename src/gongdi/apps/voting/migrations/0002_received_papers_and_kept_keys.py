"""Papers with the moment of their hand-in, the public key kept with the vote, how heads are counted."""

from pathlib import Path

import django.db.models.deletion
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

USER = settings.AUTH_USER_MODEL


def carry_over(apps, schema_editor):
    """Votes begun before keep the first format; what was typed becomes one record; the key at hand signed them."""
    Vote, Ballot, Paper = (apps.get_model("voting", name) for name in ("Vote", "Ballot", "PaperEntry"))
    Vote.objects.filter(size__gt=0).update(form=1)
    path = Path(settings.VOTE_KEY_FILE)
    if path.exists():
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii").strip()))
        Vote.objects.exclude(state="draft").update(public_key=key.public_key().public_bytes_raw().hex())
    Ballot.objects.update(received_at=F("at"))
    for paper in Paper.objects.all():
        paper.received_at = paper.registered_at = paper.first_at
        paper.registered_by_id = paper.first_by_id
        paper.first = {"answers": paper.first_answers, "by_proxy": paper.by_proxy}
        if paper.second_answers is not None:
            paper.second = {"answers": paper.second_answers, "by_proxy": paper.by_proxy}
        paper.save()


def person(name, **more):
    return models.ForeignKey(USER, django.db.models.deletion.PROTECT, null=True, related_name="+", verbose_name=name, **more)


class Migration(migrations.Migration):

    dependencies = [("voting", "0001_initial"), migrations.swappable_dependency(USER)]

    operations = [
        migrations.AddField("vote", "one_voter", models.BooleanField("共有人推选一人投票", default=True)),
        migrations.AddField("vote", "heads_rule", models.JSONField("计人规则", default=dict)),
        migrations.AddField("vote", "publish_rooms", models.BooleanField("公开文件写明房屋", default=False)),
        migrations.AddField("vote", "form", models.PositiveSmallIntegerField("公开文件格式", default=2)),
        migrations.AddField("vote", "public_key", models.CharField("签名公钥", blank=True, max_length=64, default=""), preserve_default=False),
        migrations.AddField("vote", "waiting", models.JSONField("截止时待录入", default=list)),
        migrations.AlterField("vote", "precedence", models.CharField("多次投票", max_length=10, default="last", choices=[
            ("last", "以最后交来的一次为准"), ("signed", "有签名的选票优先于手机"), ("first", "以最先交来的一次为准")])),
        migrations.AddField("ballot", "received_at", models.DateTimeField("交回时间", null=True)),
        migrations.AddField("paperentry", "received_at", models.DateTimeField("交回时间", null=True)),
        migrations.AddField("paperentry", "registered_at", models.DateTimeField("登记时间", null=True)),
        migrations.AddField("paperentry", "registered_by", person("登记人")),
        migrations.AddField("paperentry", "first", models.JSONField("第一次录入", null=True)),
        migrations.AddField("paperentry", "second", models.JSONField("第二次录入", null=True)),
        migrations.AddField("paperentry", "discarded_at", models.DateTimeField("作废时间", null=True)),
        migrations.AddField("paperentry", "discarded_by", person("作废人")),
        migrations.AddField("paperentry", "why_discarded", models.CharField("作废原因", max_length=300, blank=True, default=""), preserve_default=False),
        migrations.AddField("paperentry", "typed_anew", models.BooleanField("重新录入", default=False)),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
