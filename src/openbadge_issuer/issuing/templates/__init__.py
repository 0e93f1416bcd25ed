"""Issuing one achievement to many: what their badges share is built, checked and canonicalized once.

The badges are those of the plain way, byte for byte; whatever is not proven to be so takes the plain way.
See docs/adr/0022-templates.md.
"""
