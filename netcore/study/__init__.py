"""What is found out about a network or a data set: facts, choices, experiments."""
