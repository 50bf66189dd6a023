"""What only the chapter ``thirteen_thousand`` uses."""
