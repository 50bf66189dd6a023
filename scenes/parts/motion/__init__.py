"""Animations of many cells at once."""
