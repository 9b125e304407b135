"""Always on: organisations, events, audit, sign-in, storage, notifications and payments."""
