"""Numbers by which the engine paints and others reckon: to know them, nothing else is loaded."""

FEATHER = 0.10  # length of a flow's soft front, as a share of the edge
SOLID = 2.0  # a head this far along lights the whole edge
PAPER_POWER = 0.65  # of the share that light takes away on paper: lifts faint lines
