"""Pictures from outside, read before they are kept."""
