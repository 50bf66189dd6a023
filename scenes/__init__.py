"""Animated explainers of a really trained neural network."""
