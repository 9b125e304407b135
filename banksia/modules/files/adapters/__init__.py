"""What stands between property files and other systems."""
