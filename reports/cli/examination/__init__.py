"""What `doctor` looks at: the machine, the programs beside this one, the folders it works in."""
