"""Axes, curves, bars and dials."""
