"""Forms of nodes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from gongdi.apps.progress.nodes import SAMPLE, Node
from gongdi.core.schedule import Due, Step, schedule_backwards
from gongdi.core.workdays import UnknownYear, WorkCalendar


class ScheduleForm(forms.Form):
    """A schedule made backwards: the day of the last node, and the working days of each step."""

    last = forms.ChoiceField(label="倒排到哪个节点", choices=Node.choices, initial=Node.ALL_DONE)
    finish = forms.DateField(label="该节点的日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    why = forms.CharField(label="理由", max_length=300, required=False, help_text="调整已排定的节点须写明理由。")

    def __init__(
        self, calendar: WorkCalendar, today: date, reached: Collection[str], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.calendar, self.today, self.reached = calendar, today, reached
        for step in SAMPLE:
            self.fields[f"days_{step.node}"] = forms.IntegerField(
                label=f"到“{step.node.label}”所需工作日", min_value=0, max_value=500, initial=step.workdays
            )
        self.order_fields(["last", "finish", *(f"days_{step.node}" for step in SAMPLE), "why"])

    def clean(self) -> dict[str, Any]:
        """The days of all nodes up to the last, on a calendar that is known."""
        data = super().clean() or {}
        if self.errors:
            return data
        order = [step.node for step in SAMPLE]
        chosen = order[: order.index(Node(data["last"])) + 1]
        steps = [Step(node.value, data[f"days_{node}"]) for node in chosen]
        found = schedule_backwards(data["finish"], steps, self.calendar)
        if isinstance(found, UnknownYear):
            self.add_error("finish", found.why)
            return data
        gone = [due for due in found if due.on < self.today and due.key not in self.reached]
        if gone and not data.get("why", "").strip():
            first = gone[0]
            self.add_error(
                "finish",
                f"倒排下来，“{Node(first.key).label}”应在 {first.on} 完成，已经过了。"
                "请推后日期或减少工作日；确实要这样排的，请写明理由，它会显示为滞后。",
            )
        data["dues"] = found
        return data

    def dues(self) -> list[Due]:
        """The nodes with their days."""
        found: list[Due] = self.cleaned_data["dues"]
        return found


class ReachForm(forms.Form):
    """When a node was reached, and by what proof."""

    on = forms.DateField(label="完成日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    source = forms.CharField(label="依据", max_length=300, help_text="如：联合审查意见、开工令、验收单。")

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        """The day cannot lie ahead."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("完成日期不能晚于今天。")
        return day


class DelayForm(forms.Form):
    """Why a node is late."""

    why = forms.CharField(label="滞后原因", max_length=300, widget=forms.Textarea({"rows": 2}))
