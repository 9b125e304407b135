"""Sending mail: rendering, composing, the council's server and the catcher."""
