"""Consultations of residents from the menu of the policy in force (菜单式意愿征询): what they wish, not a vote."""
