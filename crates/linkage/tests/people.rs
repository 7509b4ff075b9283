//! Who is taken for whom, and why.

use ceiba_linkage::{Birth, Candidate, Index, Known, ReasonCode, Strength};

fn known(id: u8, names: &[&str], surnames: &[&str]) -> Known {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Known { id: [id; 16], names: owned(names), surnames: owned(surnames), ..Known::default() }
}

fn maria() -> Known {
    Known {
        birth: Birth::Exact(2010, 3, 7),
        sex: Some("Feminine".to_owned()),
        municipality: Some("GT0920".to_owned()),
        mother: Some("Juana Ixcoy Tum".to_owned()),
        ..known(1, &["María", "Elena"], &["Kux", "Ixcoy"])
    }
}

/// A few hundred other people, so that words have a rarity.
fn town() -> Index {
    let names = ["Ana", "Rosa", "María", "Juana", "Carlos", "José", "Marta", "Luis", "Elena", "Pedro"];
    let surnames = ["López", "García", "Pérez", "Tzul", "Ajanel", "Chávez", "Morales", "Batz", "Ixcoy"];
    let mut index = Index::new();
    for n in 0..400usize {
        let mut id = [7; 16];
        id[..2].copy_from_slice(&[(n / 256) as u8, (n % 256) as u8]);
        let (given, first, second) = (names[n % 10], surnames[n % 9], surnames[n / 9 % 9]);
        let birth = Birth::Year(1990 + (n % 20) as i32);
        index.add(&Known { id, birth, ..known(0, &[given], &[first, second]) });
    }
    index
}

fn find(index: &Index, known: &Known, id: u8) -> Option<Candidate> {
    index.candidates(known, 20).into_iter().find(|candidate| candidate.id == [id; 16])
}

fn codes(candidate: &Candidate) -> Vec<ReasonCode> {
    candidate.reasons.iter().map(|reason| reason.code).collect()
}

#[test]
fn the_name_she_gave_elsewhere_is_found() {
    let mut index = town();
    index.add(&maria());
    let found = index.candidates(&known(2, &["Mary"], &["Cux"]), 5);
    assert_eq!(found[0].id, [1; 16], "first of all");
    assert!(found[0].strength >= Strength::Likely, "{found:?}");
    assert!(codes(&found[0]).contains(&ReasonCode::RareSurname));
    assert!(
        codes(&found[0]).contains(&ReasonCode::SameName)
            || codes(&found[0]).contains(&ReasonCode::SimilarName)
    );
}

#[test]
fn the_same_person_with_slips_is_strong() {
    let mut index = town();
    index.add(&maria());
    let again = Known {
        birth: Birth::Exact(2010, 7, 3),
        mother: Some("juana ishcoy".to_owned()),
        ..known(2, &["Maria Helena"], &["Cux", "Ixcoi"])
    };
    let found = find(&index, &again, 1).expect("found");
    assert_eq!(found.strength, Strength::Strong, "{found:?}");
    assert!(found.reasons.iter().all(ceiba_linkage::Reason::agrees), "{found:?}");
    assert!(!codes(&found).contains(&ReasonCode::OtherMunicipality), "missing is no disagreement");
    let sum: f64 = found.reasons.iter().map(|reason| reason.weight).sum();
    assert!((sum - found.weight).abs() < 1e-9, "the weight is the sum of its reasons");
}

#[test]
fn sisters_are_never_strong() {
    let mut index = town();
    index.add(&maria());
    let births = [Birth::Unknown, Birth::Exact(2012, 9, 1), Birth::Exact(2010, 3, 7), Birth::Year(2010)];
    for (names, birth) in [&["Rosa"][..], &["María", "Lucía"], &["Ana", "Elena"], &["Elisa"]]
        .into_iter()
        .flat_map(|names| births.map(|birth| (names, birth)))
    {
        let sister = Known { birth, ..maria() };
        let sister = Known { names: known(2, names, &[]).names, id: [2; 16], ..sister };
        let found = find(&index, &sister, 1);
        assert!(found.as_ref().is_none_or(|f| f.strength < Strength::Strong), "{names:?} {found:?}");
    }
}

#[test]
fn surnames_and_mother_count_once() {
    let mut index = town();
    index.add(&maria());
    let weight = |code| {
        let found = find(&index, &Known { id: [2; 16], ..maria() }, 1).expect("found");
        found.reasons.iter().find(|reason| reason.code == code).map_or(0.0, |reason| reason.weight)
    };
    assert!(weight(ReasonCode::SameMother) <= 1.5);
    let by_mother = Known { surnames: vec![], id: [2; 16], ..maria() };
    let found = find(&index, &by_mother, 1).expect("found");
    assert!(found.reasons.iter().any(|r| r.code == ReasonCode::SameMother && r.weight > 4.0), "{found:?}");
}

#[test]
fn a_chosen_name_outweighs_the_papers() {
    let mut index = town();
    index.add(&Known { chosen: Some("Luna".to_owned()), ..known(1, &["José"], &["Kux"]) });
    let found = find(&index, &known(2, &["Luna"], &["Cux"]), 1).expect("found");
    assert!(codes(&found).contains(&ReasonCode::SameChosenName));
    assert!(!codes(&found).contains(&ReasonCode::DifferentName));
}

#[test]
fn the_index_forgets_what_it_is_told_to_forget() {
    let mut index = Index::new();
    assert!(index.is_empty() && !index.change(&maria()) && !index.remove(&[1; 16]));
    index.add(&maria());
    index.add(&maria());
    assert_eq!(index.len(), 1);
    assert!(index.candidates(&maria(), 5).is_empty(), "she is not her own double");
    assert!(index.change(&known(1, &["Rosa"], &["Batz"])));
    assert!(index.search("Elena", 5).is_empty() && index.search("Ixcoy", 5).is_empty());
    assert_eq!(index.search("rosa bats", 5).len(), 1);
    assert!(index.remove(&[1; 16]));
    assert!(index.search("rosa", 5).is_empty() && index.is_empty());
    index.add(&known(3, &["Rosa"], &["Batz"]));
    assert_eq!(index.search("rosa", 5)[0].0, [3; 16], "a place is used again");
    assert_eq!(
        format!("{index:?} {:?}", known(3, &["Rosa"], &[])),
        format!("Index(1 people) Known({})", "03".repeat(16))
    );
}

#[test]
fn search_finds_partial_and_misspelt_names() {
    let mut index = town();
    index.add(&Known {
        chosen: Some("Xiomara".to_owned()),
        ..known(1, &["Guadalupe"], &["Q'anil", "Velásquez"])
    });
    for typed in [
        "xio",
        "Shiomara",
        "siomara",
        "guad",
        "guadalup",
        "kanil",
        "Q’ANIL",
        "belazques",
        "velasquez xiom",
        "anil velas",
        "Xi",
    ] {
        let found = index.search(typed, 10);
        assert!(found.iter().any(|(id, weight)| *id == [1; 16] && *weight > 0.0), "{typed}");
    }
    assert_eq!(index.search("xiomara", 1)[0], ([1; 16], 1.0));
    for typed in ["", " ", "x", "'", "zzzz", "😀", "de la"] {
        assert!(index.search(typed, 10).iter().all(|(id, _)| *id != [1; 16]), "{typed}");
    }
    assert_eq!(index.search("maria", 0), []);
    let chosen = Known { chosen: Some("Marta".to_owned()), ..known(2, &["Ana"], &["Batz"]) };
    index.add(&chosen);
    assert_eq!(index.search("marta", 50)[0].0, [2; 16], "who chose the name comes first");
}
