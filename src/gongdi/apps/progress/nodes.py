"""The nodes of a compound's way (节点), with the working days that lead up to each.

The order is that of the documents' steps (jiangbei 四, anqing 五); the numbers of days are a sample (示例) that the
officer changes for each schedule: no document prints them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class Node(TextChoices):
    """A node."""

    SURVEYED = "surveyed", "摸底完成"
    WISHES = "wishes", "意愿征询完成"
    SCHEME = "scheme", "方案形成"
    VOTED = "voted", "方案表决通过"
    REVIEWED = "reviewed", "联合审查通过"
    FUNDED = "funded", "资金落实"
    STARTED = "started", "开工"
    BASIC_DONE = "basic_done", "基础类完成"
    ALL_DONE = "all_done", "全面竣工"
    ACCEPTED = "accepted", "验收移交"
    ARCHIVED = "archived", "归档"


@dataclass(frozen=True, slots=True)
class SampleStep:
    """A node with the sample number of working days."""

    node: Node
    workdays: int


SAMPLE = (
    SampleStep(Node.SURVEYED, 0),
    SampleStep(Node.WISHES, 15),
    SampleStep(Node.SCHEME, 20),
    SampleStep(Node.VOTED, 15),
    SampleStep(Node.REVIEWED, 10),
    SampleStep(Node.FUNDED, 10),
    SampleStep(Node.STARTED, 20),
    SampleStep(Node.BASIC_DONE, 60),
    SampleStep(Node.ALL_DONE, 30),
    SampleStep(Node.ACCEPTED, 15),
    SampleStep(Node.ARCHIVED, 15),
)
ORDER = {node.value: position for position, node in enumerate(Node)}
