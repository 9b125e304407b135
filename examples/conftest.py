"""Examples are repositories of their own: tests/test_example_module.py installs each and runs its tests there."""  # noqa: INP001  (pytest loads it by its path)

collect_ignore = ["trees-python"]
