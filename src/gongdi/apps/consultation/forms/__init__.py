"""Forms of consultations, by subject."""
