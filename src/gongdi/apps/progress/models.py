"""The nodes of each compound: by when, reached when, why late."""

from __future__ import annotations

from django.db import models

from gongdi.apps.places.models import Compound
from gongdi.apps.progress.nodes import Node


class Milestone(models.Model):
    """One node of one compound (节点). `first_due_on` is the day first set, the baseline of the chart."""

    compound = models.ForeignKey(Compound, models.PROTECT, related_name="milestones", verbose_name="小区")
    node = models.CharField("节点", max_length=12, choices=Node.choices)
    first_due_on = models.DateField("最初期限")
    due_on = models.DateField("期限")
    done_on = models.DateField("完成日期", null=True)
    done_source = models.CharField("完成依据", max_length=300, blank=True)
    late_why = models.CharField("滞后原因", max_length=300, blank=True)
    changed_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = "节点"
        constraints = [models.UniqueConstraint(fields=["compound", "node"], name="node_once_a_compound")]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(done_on=None), name="node_open_due")]

    def __str__(self) -> str:
        return f"{self.compound} {self.get_node_display()}"
