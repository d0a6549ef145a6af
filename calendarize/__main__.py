"""`python -m calendarize`."""

from calendarize.cli import main

if __name__ == "__main__":
    main()
