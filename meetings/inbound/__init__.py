"""What comes back by mail: from a calendar program, or in a person's own words."""
