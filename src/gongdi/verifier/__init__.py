"""The verifier (验票程序): files that anybody downloads and runs alone.

Nothing here is imported by the application, and `verify.py` imports nothing of it.
"""
