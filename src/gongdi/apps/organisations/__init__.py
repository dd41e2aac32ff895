"""Bodies and their members, who does what by which document, experts, meetings and what was decided there."""
