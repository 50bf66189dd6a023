"""Paints batches of edges and cells into frames, and encodes them; knows no network."""
