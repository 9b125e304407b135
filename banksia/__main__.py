"""`banksia`, and `python -m banksia`."""

from banksia.kit.garbage import kept_for_good

with kept_for_good():
    from banksia.cli import main

if __name__ == "__main__":
    main()
