//! One file for each command.

pub mod audit;
pub mod backup;
pub mod closing;
pub mod demo;
pub mod doctor;
pub mod init;
pub mod link;
pub mod passphrase;
pub mod policies;
pub mod recover;
pub mod restore;
pub mod serve;
pub mod suppress;
pub mod user;
