"""The demo: two invented councils on real streets, and everything that `make run` needs around them."""

from banksia.demo.seeding import seed

__all__ = ["seed"]
