//! stub
#![allow(missing_docs, clippy::allow_attributes)]
#[derive(Clone, Debug)]
pub enum Birth { Exact(i16, u8, u8), Age { years: u8, at_year: i16 }, Unknown }
#[derive(Clone, Debug)]
pub struct Known { pub id: [u8; 16], pub names: Vec<String>, pub surnames: Vec<String>, pub chosen: Option<String>, pub birth: Birth, pub sex: Option<String>, pub municipality: Option<String>, pub mother: Option<String> }
#[derive(Clone, Debug)]
pub struct Candidate { pub id: [u8; 16] }
#[derive(Default)]
pub struct Index;
impl Index {
    pub fn new() -> Self { Self }
    pub fn add(&mut self, _k: Known) {}
    pub fn remove(&mut self, _id: &[u8; 16]) {}
    pub fn candidates(&self, _k: &Known, _n: usize) -> Vec<Candidate> { vec![] }
    pub fn search(&self, _t: &str, _n: usize) -> Vec<([u8; 16], f64)> { vec![] }
}
