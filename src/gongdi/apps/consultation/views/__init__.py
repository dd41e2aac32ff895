"""Pages of consultations: of the office, of residents."""
