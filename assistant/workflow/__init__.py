"""Use cases: the only code that changes anything. Adapters come in as the protocols of `ports`."""
