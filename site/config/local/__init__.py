"""What a laptop and the tests run beside Django: PostgreSQL, Redis, a mail catcher, and `up`, which starts it all."""
