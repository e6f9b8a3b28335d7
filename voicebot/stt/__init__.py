"""Speech recognition: `base` is the protocol, every other module one engine."""
