"""What tests of the platform and of any module use."""
