"""What only the chapter ``bias`` uses."""
