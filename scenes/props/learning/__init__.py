"""What only the chapter ``learning`` uses."""
