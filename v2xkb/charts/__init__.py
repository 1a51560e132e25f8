"""Charts drawn on the server: a title, data as a table, and a drawing of it."""
