"""The annual plan (年度计划): money, score, list and optimum side by side, and why not mine."""
