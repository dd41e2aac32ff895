"""What runs core at size: tables in Polars, plans in HiGHS."""
