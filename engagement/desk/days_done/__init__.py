"""Work days that are over, at the desk: their hours and the accounts, how they are told, the insurer's list."""
