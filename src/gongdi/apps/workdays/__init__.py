"""The calendar of working days: years that come with the project, years that an administrator enters."""
