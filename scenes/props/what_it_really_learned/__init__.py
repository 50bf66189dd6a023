"""What only the chapter ``what_it_really_learned`` uses."""
