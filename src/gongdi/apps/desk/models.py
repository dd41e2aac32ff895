"""Things that somebody gave somebody to do (交办事项), beside what the apps find by themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Task(models.Model):
    """A thing to do (交办事项): what, why, who, by when. It is finished, never deleted."""

    title = models.CharField("事项", max_length=100)
    why = models.CharField("说明", max_length=500, blank=True)
    url = models.CharField("办理页面", max_length=300, blank=True)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name="办理人")
    place = models.CharField("区划代码", max_length=12, blank=True, db_index=True)
    due_on = models.DateField("办理期限")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="交办人")
    made_at = models.DateTimeField("交办时间")
    reminders = models.PositiveSmallIntegerField("催办次数", default=0)
    done_at = models.DateTimeField("办结时间", null=True)
    done_note = models.CharField("办结说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "交办事项"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["holder", "done_at"], name="task_of_holder")]

    def __str__(self) -> str:
        return self.title


class TaskStep(models.Model):
    """What happened to a task: made, handed over, put off, urged, finished."""

    class Kind(models.TextChoices):
        """What happened."""

        MADE = "made", "交办"
        HANDED = "handed", "转交"
        MOVED = "moved", "改期"
        URGED = "urged", "催办"
        DONE = "done", "办结"

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps", verbose_name="事项")
    kind = models.CharField("动作", max_length=8, choices=Kind.choices)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="谁")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="给谁")
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "办理经过"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind}"
