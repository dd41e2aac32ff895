"""Rules, counts and sums that somebody could dispute: pure Python, exact, without clock or chance."""
