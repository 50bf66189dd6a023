"""The command line: what can be asked for, and what is printed in the terminal."""
