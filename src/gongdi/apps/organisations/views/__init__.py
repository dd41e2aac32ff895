"""Pages of bodies, responsibilities, meetings and experts."""
