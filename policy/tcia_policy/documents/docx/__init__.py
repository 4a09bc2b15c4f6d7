"""Word documents and the fields that citation managers leave in them."""
