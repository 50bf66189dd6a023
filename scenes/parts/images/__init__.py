"""Images, weights and matrices as cells."""
