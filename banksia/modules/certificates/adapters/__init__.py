"""What the module makes with tools outside itself."""
