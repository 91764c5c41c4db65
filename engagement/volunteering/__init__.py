"""Work days: which hands and things are needed, who comes, who brings what."""
