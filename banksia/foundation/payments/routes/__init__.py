"""HTTP in and out of payments; decides nothing."""
