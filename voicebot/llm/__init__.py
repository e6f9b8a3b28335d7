"""Language models: `base` is the protocol, every other module one engine."""
