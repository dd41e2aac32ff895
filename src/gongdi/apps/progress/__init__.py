"""The wall chart (挂图作战): by when each compound should reach each node, what is late, and why."""
