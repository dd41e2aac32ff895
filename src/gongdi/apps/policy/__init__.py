"""Policy in use (政策): which pack governs where, decisions about compounds with their reasons, what to survey."""
