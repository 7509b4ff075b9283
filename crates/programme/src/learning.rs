//! Learning: whether training teaches, is certified, and changes what institutions do.
//!
//! A test has the same items before and after ([`items`], [`rounds`], [`sheets`]); what was gained is a mean with its range, never a
//! list of persons ([`gain`]). Whoever was there gets a certificate ([`certificates`]) that a stranger can check and that tells a stranger
//! no name ([`check`]). Practice is read from what institutions did ([`practice`]). Why: docs/adr/0024.

pub mod certificates;
pub mod check;
pub mod gain;
pub mod items;
pub mod practice;
pub mod rounds;
pub mod sheets;
pub mod shown;
