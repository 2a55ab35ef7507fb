"""What formats share: positioned YAML, shell, HCL, GitHub expressions; text in, trees out."""
