"""Public notices (公示): published with a period, posted, objected to, answered, final or withdrawn."""
