"""What only the chapter ``weighted_sum`` uses."""
