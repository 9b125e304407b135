"""Mail: rendered when something happens, delivered afterwards, each message kept."""
