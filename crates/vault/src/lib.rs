//! Keys, envelopes, blind indexes, erasure and recovery.
