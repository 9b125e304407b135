"""The demo: two invented councils on real streets, and everything that `make run` needs around them."""
