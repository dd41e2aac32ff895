"""Residents (居民): accounts by phone, one-time codes, the binding of an account to its dwelling."""
