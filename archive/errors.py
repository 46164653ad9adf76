"""What a user can cause, said in one sentence."""


class ArchiveError(Exception):
    """One sentence that says what is wrong and what to do; `status` is the exit status it deserves (1 failed, 2 wrong use)."""

    def __init__(self, sentence: str, *, status: int = 1) -> None:
        super().__init__(sentence)
        self.status = status
