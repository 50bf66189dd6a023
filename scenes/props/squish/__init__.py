"""What only the chapter ``squish`` uses."""
