"""What stops a publication, in the forms that pipelines read: one list of results, and a module for each format."""
