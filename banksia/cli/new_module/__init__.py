"""`banksia new-module`: the files of a new module, in a repository of its own."""

from banksia.cli.new_module.command import new_module

__all__ = ["new_module"]
