"""The entry of `cdi`. It listens for signals before it imports what takes time, so that Ctrl-C shows no traceback."""

from pipelines import stopping


def main() -> None:
    """Run the command that was typed."""
    stopping.listen()
    from pipelines.cli import main as run

    run()


if __name__ == "__main__":
    main()
