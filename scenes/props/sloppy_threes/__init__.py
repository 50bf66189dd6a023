"""What only the chapter ``sloppy_threes`` uses."""
