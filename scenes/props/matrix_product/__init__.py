"""What only the chapter ``matrix_product`` uses."""
