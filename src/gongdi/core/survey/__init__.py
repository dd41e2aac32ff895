"""What findings on the ground say to the rules (摸底结果): inspections, earlier works, the 15-minute circle. Pure."""
