"""Facilities, inspections, spare space, services nearby, works done before: what a survey finds on the ground."""
