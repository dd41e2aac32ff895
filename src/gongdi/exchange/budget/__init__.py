"""Next years' money (资金盘子): funds with their earmarks and budgets by year, from a table or JSON."""

from gongdi.exchange.budget.reader import read_budget
from gongdi.exchange.budget.reading import Budget, BudgetReading

__all__ = ["Budget", "BudgetReading", "read_budget"]
