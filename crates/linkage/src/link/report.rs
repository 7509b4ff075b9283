//! How linking went.

use crate::block::BlockReport;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Looking at some pairs to learn from.
    Learn,
    /// Looking at all candidate pairs.
    Compare,
}

/// How linking went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkReport {
    /// What each pass of blocking brought; no passes when every pair was looked at.
    pub blocks: BlockReport,
    /// Numbers of documents that five people hold who are called nothing like each other: nobody's, and left out.
    pub nobodys: u64,
    /// Pairs that were compared.
    pub compared: u64,
}
