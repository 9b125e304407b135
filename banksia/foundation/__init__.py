"""Always on: organisations, events, audit, sign-in, storage, notifications, payments and webhooks."""
