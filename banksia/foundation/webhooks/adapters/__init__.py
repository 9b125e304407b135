"""Telling a customer's server: whose address may be called, the signature, and the call itself."""
