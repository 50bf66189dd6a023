"""Clips: what is out of date is rendered, side by side."""
