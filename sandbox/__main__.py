"""`python -m sandbox …` is the `sandbox` command."""

from sandbox.cli import main

if __name__ == "__main__":  # where processes are spawned and not forked, they import this module again
    main(prog_name="sandbox")
