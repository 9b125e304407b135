"""What a council switches on: truths and workflows."""
