"""Where private keys live: one back end per file, each loaded when a key of it is first opened."""
