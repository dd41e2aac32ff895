"""Buildings, dwellings, owners and who owned what when."""
