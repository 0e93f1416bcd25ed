"""A quick yes: whether a credential is surely as its model wants it, told without the model.

The models give tables (`make schemas`), and a badge is held against the tables. What they do not accept may
still be right: then the model is asked, which knows every form and says what is wrong. See
docs/adr/0021-verifying-fast.md.
"""
