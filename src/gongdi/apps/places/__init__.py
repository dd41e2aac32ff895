"""Places (区划、小区): divisions, compounds, what is known of each, and how rosters come in."""
