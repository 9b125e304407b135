"""Where files come from outside: watched folders and prefixes of S3."""
