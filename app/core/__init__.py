"""The kernel: values and words. It imports nothing else of ours and may be imported by all."""
