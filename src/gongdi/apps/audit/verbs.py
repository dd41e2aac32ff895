"""The Chinese word for each verb; an app adds its own when it is ready.

VERBS.update({"places.move_compound": "调整阶段"})
"""

from __future__ import annotations

VERBS: dict[str, str] = {}
