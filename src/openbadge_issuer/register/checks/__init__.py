"""The checks of the records, one file each; `verifying` runs them."""
