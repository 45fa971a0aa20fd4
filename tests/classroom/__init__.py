"""Tests of the class as it goes on."""
