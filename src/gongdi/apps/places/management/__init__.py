"""Commands for `gongdi manage`."""
