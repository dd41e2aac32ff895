"""The planning problem (年度计划优选): instance, plan, bound, reasons.

`parse` reads an instance, `needs` counts what a plan costs, `flow` pays it in whole yuan, `validate` recounts a plan
without any solver, `ranking` is the plain list of the policy texts, `reasons` says why a compound is left out, `draft`
states the problem from candidates and funds. No solver lives here.
"""
