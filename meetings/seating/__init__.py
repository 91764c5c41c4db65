"""Who has a seat, who waits for one, and whom a free one is offered to."""
