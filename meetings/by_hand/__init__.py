"""What people tell the town hall by telephone, at its desk, or on a slip of paper."""
