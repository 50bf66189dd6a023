"""Networks: neurons, the edges between them, light that passes through."""
