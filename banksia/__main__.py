"""`python -m banksia` is the command `banksia`."""

from banksia.cli import main

main()
