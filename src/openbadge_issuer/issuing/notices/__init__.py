"""Telling people: what a holder, a guardian or a reporter is told, and what carries it to them."""
