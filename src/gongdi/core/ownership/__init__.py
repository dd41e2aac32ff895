"""Who owned what on which day (产权): shares, the spells in which they were held, and when two rows are one owner.

Votes are counted on a roll; the roll is rebuilt from these spells for any past day. Pure: no database, no clock.
"""
