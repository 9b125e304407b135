"""What every part stands on; it knows nothing of councils and imports nothing above itself."""
