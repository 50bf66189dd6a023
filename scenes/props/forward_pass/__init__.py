"""What only the chapter ``forward_pass`` uses."""
