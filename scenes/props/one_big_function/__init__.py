"""What only the chapter ``one_big_function`` uses."""
