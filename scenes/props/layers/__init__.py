"""What only the chapter ``layers`` uses."""
