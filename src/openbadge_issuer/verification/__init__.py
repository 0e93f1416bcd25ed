"""May I believe it: the pipeline, its checks, and the report."""
