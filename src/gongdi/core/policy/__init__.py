"""Policy as data: facts, clauses, decision tables, their evaluation and its explanation (政策规则)."""

from gongdi.core.policy.deciding import Answer, ClauseResult, Question, Refusal, decide
from gongdi.core.policy.packs import Library, Pack, PackFault

__all__ = ["Answer", "ClauseResult", "Library", "Pack", "PackFault", "Question", "Refusal", "decide"]
