"""What stands around the chapters of a film: its title, the ways between them, its ending."""
