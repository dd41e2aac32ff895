"""Photos and documents (附件): kept under their digest, their content checked, shown without what they betray."""
