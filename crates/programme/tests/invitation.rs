//! An invitation of an institution: looked at first, a series set hearing by hearing, and nothing set twice.

use ceiba_access::Caller;
use ceiba_exchange::ical::{Fault, Why};
use ceiba_programme::justice::hearings;
use ceiba_programme::justice::invitations::{self, Fate, Look, Taken};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, dates, work};
use ceiba_store::DAY;
use uuid::Uuid;

/// The vector of the standards (K2), with its place and time moved to days that are to come in a test.
fn series(w: &World, days: i64) -> String {
    let first = w.p.day(w.p.store.clock.now() + days * DAY).replace('-', "");
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:hearing-0001@example.org\r\n\
         DTSTART;TZID=America/Guatemala:{first}T083000\r\nDURATION:PT2H\r\nSUMMARY:Audiencia de Inventada\r\n\
         LOCATION:Juzgado (inventado)\\, sala 3\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

async fn look(w: &World, who: &Caller, case: Uuid, file: &str) -> Outcome<Result<Look, Fault>> {
    let mut tx = w.p.store.db.read().await.unwrap();
    invitations::look(&w.p, &mut tx, who, case, file.as_bytes()).await
}

async fn take(w: &World, who: &Caller, case: Uuid, file: &str, at: &[i64]) -> Outcome<usize> {
    let taken = Taken { at, kind: "statement", institution: None, remark: "Sala 3" };
    work!(w, who, |work| invitations::take(&w.p, &mut work, who, case, (file.as_bytes(), &taken)).await)
}

#[tokio::test]
async fn a_weekly_series_is_looked_at_and_becomes_two_hearings_at_half_past_eight() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let file = series(&w, 5);
        let looked = look(&w, &lucia, case, &file).await.unwrap().unwrap();
        let fates: Vec<_> = looked.times.iter().map(|t| t.fate).collect();
        assert_eq!(fates, [Fate::New, Fate::New], "{}", w.engine);
        assert_eq!(looked.times[0].place, "Juzgado (inventado), sala 3");
        let at: Vec<i64> = looked.times.iter().map(|t| t.at).collect();
        assert_eq!(at[1] - at[0], 7 * DAY);
        let list = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            let grant = w.p.may_case(&mut tx, &lucia, ceiba_access::Act::CASE_READ, case).await.unwrap();
            hearings::list(&w.p, &mut tx, &lucia, &grant, case).await.unwrap()
        };
        assert!(list().await.is_empty(), "a look writes nothing");
        assert_eq!(take(&w, &lucia, case, &file, &at).await.unwrap(), 2);
        let set = list().await;
        let hours: Vec<_> = set
            .iter()
            .map(|h| dates::local(h.head.due_at.unwrap(), &w.p.pack.zone).time().to_string())
            .collect();
        assert_eq!(hours, ["08:30:00", "08:30:00"], "{}", w.engine);
        // What the institution called it, with her name, was not taken.
        assert!(set.iter().all(|h| h.body.remark == "Sala 3" && h.body.company.is_empty()));
        // The same file once more: known, and nothing is set twice.
        let again = look(&w, &lucia, case, &file).await.unwrap().unwrap();
        assert!(again.times.iter().all(|t| t.fate == Fate::Known));
        assert!(
            matches!(take(&w, &lucia, case, &file, &at).await, Err(ProgrammeError::Invalid(p)) if p[0].field == "at")
        );
        assert_eq!(list().await.len(), 2);
    }
}

#[tokio::test]
async fn what_cannot_be_set_says_why_and_whoever_may_set_no_hearing_learns_nothing() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let other = w.person("otra", "social_worker", Some("M1")).await;
        let case = w.case(&lucia, "Luz").await;
        let fates = async |file: String| {
            let looked = look(&w, &lucia, case, &file).await.unwrap().unwrap();
            looked.times.into_iter().map(|t| t.fate).collect::<Vec<_>>()
        };
        assert_eq!(fates(series(&w, -3)).await, [Fate::Past, Fate::New]);
        let off = series(&w, 5).replace("VERSION:2.0", "METHOD:CANCEL");
        assert_eq!(fates(off).await, [Fate::Cancelled, Fate::Cancelled]);
        let endless = series(&w, 5).replace(";COUNT=2", "");
        let left = look(&w, &lucia, case, &endless).await.unwrap().unwrap().left;
        assert_eq!(left, [("Audiencia de Inventada".to_owned(), Why::Endless)], "{}", w.engine);
        assert_eq!(look(&w, &lucia, case, "hola").await.unwrap(), Err(Fault::NotCalendar));
        let large = "x".repeat(invitations::LARGEST + 1);
        assert_eq!(look(&w, &lucia, case, &large).await.unwrap(), Err(Fault::TooMany));
        assert!(look(&w, &other, case, &series(&w, 5)).await.is_err());
        let file = series(&w, 5);
        assert!(take(&w, &other, case, &file, &[0]).await.is_err());
        assert!(take(&w, &lucia, case, &file, &[0]).await.is_err(), "a time that it does not hold");
    }
}
