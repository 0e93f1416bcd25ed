"""Issue, sign, revoke and verify Open Badges."""

__version__ = "0.1.0"
