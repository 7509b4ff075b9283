//! Acceptance tests S1 and S2 of the standards: a service comes back equal, a bad one is refused, no place leaves.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ceiba_exchange::hsds::{self, Fault, Service, Why};
use proptest::prelude::*;
use serde_json::{Value, json};

const GOOD: &str = include_str!("vectors/service.json");
const BAD: &str = include_str!("vectors/bad_service_no_status.json");

fn good() -> Service {
    *hsds::read(GOOD.as_bytes()).unwrap().remove(0).service.unwrap()
}

#[test]
fn s1_a_service_comes_back_equal() {
    let before: Value = serde_json::from_str(GOOD).unwrap();
    let out = hsds::write(&[good()]).unwrap();
    let page: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(page["contents"], json!([before]));
    // And once more, from our own page.
    let rows = hsds::read(&out).unwrap();
    assert_eq!(rows[0].service.as_deref(), Ok(&good()));
}

#[test]
fn s1_a_service_without_status_is_refused_and_says_why() {
    let rows = hsds::read(BAD.as_bytes()).unwrap();
    let wrong = rows[0].service.as_ref().unwrap_err();
    assert_eq!(wrong, &[("id".to_owned(), Why::NotUuid), ("status".to_owned(), Why::Missing)]);
    // A bad row does not take the good one with it.
    let both = format!("[{BAD},{GOOD}]");
    let rows = hsds::read(both.as_bytes()).unwrap();
    assert!(rows[0].service.is_err() && rows[1].service.is_ok());
    assert_eq!(rows.iter().map(|r| r.number).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn what_is_no_directory_is_told_apart() {
    assert_eq!(hsds::read(b"nombre,telefono"), Err(Fault::NotJson));
    assert_eq!(hsds::read(b""), Err(Fault::NotJson));
    for none in ["[]", "3", r#"{"contents": 1}"#] {
        assert_eq!(hsds::read(none.as_bytes()), Err(Fault::NoServices));
    }
    let many = serde_json::to_vec(&vec![json!({}); hsds::MOST + 1]).unwrap();
    assert_eq!(hsds::read(&many), Err(Fault::TooMany));
    // Deeper than anything a person wrote: refused, not followed.
    assert_eq!(hsds::read("[".repeat(100_000).as_bytes()), Err(Fault::NotJson));
}

#[test]
fn ids_of_parts_differ_and_stay() {
    let id = good().id;
    let all: std::collections::BTreeSet<_> =
        (0..9).flat_map(|k| (0..40).map(move |n| hsds::part(id, k, n))).collect();
    assert_eq!(all.len(), 9 * 40);
    assert_eq!(hsds::part(id, 3, 7), hsds::part(id, 3, 7));
}

proptest! {
    /// S2. Whatever stands in a file about places, and wherever it stands, nothing of it leaves.
    #[test]
    fn s2_no_place_leaves(at in 0usize..4, key in 0usize..8, secret in "[a-z]{12}") {
        let mut service: Value = serde_json::from_str(GOOD).unwrap();
        let keys = ["address", "addresses", "location", "locations", "latitude", "longitude", "service_at_locations", "contacts"];
        let place = json!([{ "id": good().id, "address_1": secret, "latitude": 14.6, "name": secret }]);
        let spot = match at {
            0 => &mut service,
            1 => &mut service["organization"],
            2 => &mut service["schedules"][0],
            _ => &mut service["service_areas"][0],
        };
        spot[keys[key]] = place;
        let rows = hsds::read(service.to_string().as_bytes()).unwrap();
        let read = rows[0].service.clone().unwrap();
        prop_assert_eq!(&*read, &good());
        let out = String::from_utf8(hsds::write(&[*read]).unwrap()).unwrap();
        prop_assert!(!out.contains(&secret) && !out.contains("latitude") && !out.contains("address"));
    }

    #[test]
    fn anything_is_read_without_breaking(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = hsds::read(&bytes);
    }
}
