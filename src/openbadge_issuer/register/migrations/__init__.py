"""The ways from each state of the tables to the next; `migration` walks them."""
