"""Does it still hold: Bitstring status lists."""
