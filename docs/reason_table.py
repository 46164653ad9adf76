"""The reasons of the ledger as Markdown, from the list that it checks: python -m docs.reason_table."""

from archive.reasons import REASONS, STATES


def main() -> None:
    """Print the table: a row a reason, in the order of the states."""
    print("| state | reason | means | detail, for example |\n|---|---|---|---|")
    for reason in sorted(REASONS, key=lambda reason: STATES.index(reason.states[0])):
        states = ", ".join(f"`{state}`" for state in reason.states)
        print(f"| {states} | {reason.words} | {reason.means} | {f'`{reason.example}`' if reason.example else ''} |")


if __name__ == "__main__":
    main()
