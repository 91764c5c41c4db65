"""How long is what kept, and what goes each night? Every room registers what it lets go of; people decide."""
