"""What only the chapter ``why_layers`` uses."""
