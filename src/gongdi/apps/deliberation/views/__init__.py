"""Pages of deliberation: issues and topics of the office, a resident's own."""
