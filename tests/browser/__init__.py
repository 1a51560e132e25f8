"""Tests that look at the site as a person does, through a real browser."""
