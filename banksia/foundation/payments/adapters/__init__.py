"""The payment providers, behind one interface."""
