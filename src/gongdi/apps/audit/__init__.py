"""The chain of audit events (审计): who did what to which object, when and why."""
