"""The command line: what is asked for, and what is answered in the terminal."""
