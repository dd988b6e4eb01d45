"""Forms, cards and messages as pure functions: values in, Block Kit out, and back again."""
