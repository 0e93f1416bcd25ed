"""The compiled way from a document to its canonical bytes: contexts as tables, and one walk to N-Quads.

It knows the part of JSON-LD that badges use, gives the bytes of the general way, and declines the rest.
"""
