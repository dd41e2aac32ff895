"""The planning problem (年度计划优选): instance, plan, bound, reasons."""
