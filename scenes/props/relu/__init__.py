"""What only the chapter ``relu`` uses."""
