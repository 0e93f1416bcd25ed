"""Doing it: from an achievement and a recipient to a signed badge."""
