"""Time expressions: text → expressions (`grammar`) → values (`resolve`)."""
