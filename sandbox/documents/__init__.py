"""The vault: documents, folders, files, and their rendering."""
