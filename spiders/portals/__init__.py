"""One small file a portal: facts, not code."""
