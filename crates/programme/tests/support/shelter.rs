//! Who works at a house, and somebody who arrives there.

use ceiba_access::Caller;
use ceiba_programme::shelter::{self, About, Arrival, Who};
use ceiba_programme::testkit::World;
use ceiba_programme::{ProgrammeError, work};
use uuid::Uuid;

/// The monitora, who coordinates, and the social worker of M1.
pub async fn staff(w: &World) -> (Caller, Caller, Caller) {
    (
        w.person("blanca", "monitora", Some("M1")).await,
        w.person("carmen", "coordinator", Some("M1")).await,
        w.person("abel", "social_worker", Some("M1")).await,
    )
}

/// Somebody arrives at M1; gives her case.
pub async fn arrives(w: &World, who: &Caller, name: &str, bed: &str, door: &str) -> Uuid {
    let arrival = Arrival {
        who: Who::New(name),
        bedside: "Ninguna.",
        keep_away: door,
        bed,
        order: None,
        order_day: "",
        basis: "pgn_brought",
        about: About::default(),
        pass: "",
    };
    work!(w, who, |work| shelter::admit(&w.p, &mut work, who, &arrival).await).unwrap().0
}

/// The fields that need mending.
pub fn fields(e: ProgrammeError) -> Vec<&'static str> {
    match e {
        ProgrammeError::Invalid(list) => list.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}
