"""Drafts: what was typed and not handed in yet survives a kill, a lock and a power cut."""
