"""The policy in words for people who never saw the file: `explain`, and its pages in Markdown and HTML."""
