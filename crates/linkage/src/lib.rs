//! Is this the same person? No I/O.
