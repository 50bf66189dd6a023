"""What only the chapter ``what_is_a_neuron`` uses."""
