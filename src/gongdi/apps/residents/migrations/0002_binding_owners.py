"""Bindings keep the owners against whom they were confirmed."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q


def fill(apps: Any, schema_editor: Any) -> None:
    """Bindings confirmed before: whoever owned the dwelling on the day of the decision."""
    binding = apps.get_model("residents", "DwellingBinding")
    ownership = apps.get_model("dwellings", "Ownership")
    for row in binding.objects.filter(state="confirmed", dwelling__isnull=False, decided_at__isnull=False):
        on = row.decided_at.date()
        held = ownership.objects.filter(Q(since=None) | Q(since__lte=on), Q(until=None) | Q(until__gt=on))
        row.owners = sorted(set(held.filter(dwelling=row.dwelling_id).values_list("owner_id", flat=True)))
        row.save(update_fields=["owners"])


class Migration(migrations.Migration):
    """The field and what it holds for bindings that were there."""

    dependencies = [("residents", "0001_initial"), ("dwellings", "0001_initial")]

    operations = [
        migrations.AddField("dwellingbinding", "owners", models.JSONField(default=list, verbose_name="确认时的业主")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
