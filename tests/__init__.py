"""The tests, laid out as the modules they test."""
