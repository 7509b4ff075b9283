//! Who may see what, and why: one decision function.
