"""A busy day in ten minutes: visitors, programs, downloads and publications at once on a real instance."""
