"""Criteria, weights, scores and their sensitivity (评分排序)."""
