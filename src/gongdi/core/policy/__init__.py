"""Policy as data: facts, clauses, decision tables, their evaluation and its explanation (政策规则)."""
