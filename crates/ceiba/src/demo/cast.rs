//! Who works in the invented programme.

use ceiba_web::Actor;

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "ceiba de demostracion";

/// An invented colleague.
pub struct Colleague {
    /// What she signs in with.
    pub username: &'static str,
    /// Her name.
    pub name: &'static str,
    /// Her role.
    pub role: &'static str,
    /// Her site.
    pub site: Option<&'static str>,
}

const fn colleague(
    username: &'static str,
    name: &'static str,
    role: &'static str,
    site: Option<&'static str>,
) -> Colleague {
    Colleague { username, name, role, site }
}

/// Everybody with an account, except Luz, whose account is made with her case.
pub const EVERYBODY: [Colleague; 20] = [
    colleague("blanca", "Blanca", "monitora", Some("M1")),
    colleague("lucia", "Lucía", "social_worker", Some("K1")),
    colleague("julio", "Julio", "lawyer", None),
    colleague("ines", "Lic. Inés", "lawyer", None),
    colleague("marta", "Marta", "reporter", None),
    colleague("sofia", "Sofía", "mel", None),
    colleague("carmen", "Seño Carmen", "coordinator", Some("M1")),
    colleague("nora", "Nora", "coordinator", Some("K1")),
    colleague("elena", "Dra. Elena", "psychologist", Some("K1")),
    colleague("irma", "Irma", "health", Some("K1")),
    colleague("rosa", "Rosa", "duty", Some("O1")),
    colleague("abel", "Abel", "social_worker", Some("M1")),
    colleague("amalia", "Seño Amalia", "teacher", Some("M1")),
    colleague("teresa", "Teresa", "social_worker", Some("M2")),
    colleague("pilar", "Pilar", "coordinator", Some("M2")),
    colleague("sara", "Sara", "director", None),
    colleague("tomas", "Tomás", "admin", None),
    colleague("rolando", "Don Rolando", "protection_officer", Some("O1")),
    // He trains officials and communities.
    colleague("diego", "Diego", "trainer", None),
    // She follows him when the mayor changes.
    colleague("hilda", "Hilda", "protection_officer", Some("O1")),
];

/// The seven people as whom a visitor can enter, in the order of the cards.
pub fn on_stage() -> Vec<Actor> {
    ["lucia", "blanca", "julio", "marta", "sofia", "luz", "diego"]
        .into_iter()
        .map(|username| Actor { username: username.to_owned(), password: PASSWORD.to_owned() })
        .collect()
}
