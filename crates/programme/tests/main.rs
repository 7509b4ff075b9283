//! Every test of the programme, in one binary: each of its own would link the whole program once more.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support {
    //! What several of them need.
    pub mod figures;
    pub mod results;
    pub mod shelter;
}

mod accounts;
mod alerts;
mod bedside;
mod board;
mod care_corrections;
mod care_effort;
mod care_money;
mod care_plan;
mod care_services;
mod cases;
mod clinic;
mod clinic_clock;
mod clinic_forget;
mod conferences;
mod contact;
mod contact_door;
mod directory;
mod emergency;
mod erasure;
mod evidence;
mod feed;
mod follow;
mod found;
mod handover;
mod invitation;
mod justice;
mod justice_court;
mod leak;
mod learning;
mod log;
mod measures;
mod met;
mod network;
mod office;
mod outputs;
mod partners;
mod person;
mod practice;
mod recovery;
mod releases;
mod report_attack;
mod results;
mod results_rules;
mod results_taken_back;
mod route;
mod route_clock;
mod route_signing;
mod search;
mod shelter;
mod shelter_beds;
mod shelter_conduct;
mod shelter_days;
mod shelter_transfer;
mod shelter_whereabouts;
mod stamps;
mod tellings;
mod training;
