"""What the `gongdi` command can do: one module a command, each loaded only when it is called."""
