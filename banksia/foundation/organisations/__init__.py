"""The councils of this installation: who they are, how they look, which modules they use."""
