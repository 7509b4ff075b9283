//! Counts that expose nobody. No I/O.
