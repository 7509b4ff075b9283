//! One file for each command.

pub mod audit;
pub mod backup;
pub mod demo;
pub mod doctor;
pub mod init;
pub mod link;
pub mod policies;
pub mod restore;
pub mod serve;
pub mod user;
