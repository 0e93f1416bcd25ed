"""Where things are: DIDs, key documents, and the only place with a socket."""
