"""What a person sees: forms, cards and messages. Pure: values in, Block Kit out, and back again."""
