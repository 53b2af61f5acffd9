"""Cases: one application of a household, from acceptance to filing, and its assessments."""
