"""Who says it: keys, signers and proof formats, one file per suite."""
