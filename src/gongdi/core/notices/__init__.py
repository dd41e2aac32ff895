"""Public notices (公示): how long one runs, which objections came in time, and why one is not final yet."""
