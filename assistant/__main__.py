"""Run the commands: `python -m assistant COMMAND`."""

from assistant.cli import main

if __name__ == "__main__":
    main()
