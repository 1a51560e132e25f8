"""GraphQL over documents and links: every kind's type is its declaration, every way back a link read from its end."""
