"""Scores and rankings (评分排序): criteria and weights as data, a line for every criterion, ties said out loud."""
