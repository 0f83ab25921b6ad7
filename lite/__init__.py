"""The class site: notebooks that run in a browser, with nothing installed and no network."""
