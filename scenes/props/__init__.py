"""What only one chapter uses, a folder for each."""
