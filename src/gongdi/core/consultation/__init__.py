"""Consultations of residents (意愿征询): answers, coverage, results, prices, and the list of contents. Pure and exact.

A consultation asks what households wish; it is no vote: nobody consents to anything by answering (X-13).
"""
