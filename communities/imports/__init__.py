"""How a file of residents comes in: read, examined, applied, and each asked where nobody answers for them."""
