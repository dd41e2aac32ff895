"""The desk (待办): the start page, everything that waits for a person."""
