"""What the rows of 0002 now all have is asked for; what it carried over goes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

USER = settings.AUTH_USER_MODEL


class Migration(migrations.Migration):

    dependencies = [("voting", "0002_received_papers_and_kept_keys")]

    operations = [
        migrations.AlterField("ballot", "received_at", models.DateTimeField("交回时间")),
        migrations.AlterField("paperentry", "received_at", models.DateTimeField("交回时间")),
        migrations.AlterField("paperentry", "registered_at", models.DateTimeField("登记时间")),
        migrations.AlterField("paperentry", "registered_by", models.ForeignKey(
            USER, django.db.models.deletion.PROTECT, related_name="+", verbose_name="登记人")),
        migrations.AlterField("paperentry", "first_by", models.ForeignKey(
            USER, django.db.models.deletion.PROTECT, null=True, related_name="+", verbose_name="第一录入人")),
        migrations.AlterField("paperentry", "first_at", models.DateTimeField("第一次录入时间", null=True)),
        migrations.AlterField("paperentry", "state", models.CharField("状态", max_length=10, default="received", choices=[
            ("received", "已交回，待录入"), ("first", "待复核"), ("different", "两次不一致"), ("cast", "已计入"),
            ("discarded", "已作废")])),
        migrations.RemoveField("paperentry", "first_answers"),
        migrations.RemoveField("paperentry", "second_answers"),
        migrations.RemoveField("paperentry", "by_proxy"),
        migrations.AlterModelOptions("paperentry", {"ordering": ["received_at", "pk"], "verbose_name": "纸质选票"}),
        migrations.RemoveConstraint("paperentry", "one_open_paper_a_unit"),
        migrations.AddConstraint("paperentry", models.UniqueConstraint(
            fields=["vote", "unit"], condition=~models.Q(state__in=["cast", "discarded"]), name="one_open_paper_a_unit")),
    ]
