"""Close study of news text."""
