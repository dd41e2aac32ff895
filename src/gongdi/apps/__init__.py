"""The Django apps, in the order in which a compound passes through them."""
