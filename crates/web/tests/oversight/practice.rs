//! Whether practice changed, as the page says it: in both languages, with no difference and with one; and over whole months that ended.

use ceiba_programme::dates;
use ceiba_programme::testkit::{World, worlds};
use ceiba_store::Fact;
use ceiba_web::App;
use jiff::ToSpan as _;
use jiff::civil::Date;
use uuid::Uuid;

use crate::common::browser::Browser;

/// Two years of referrals of twelve units, of which six were trained one after the other; and one referral of today.
async fn practised(w: &World, today: Date, effect: i64) {
    let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
    let start = today.first_of_month().saturating_sub(26.months()).saturating_add(14.days());
    for unit in 0..12_i64 {
        let trained = (unit % 2 == 0).then_some(8 + unit / 2);
        let dims = vec![("institution", format!("U{unit:02}"))];
        for month in 0..24_i64 {
            let day = start.checked_add(month.months()).unwrap().to_string();
            let better = trained.is_some_and(|t| month > t);
            let days =
                10 + unit % 4 - month / 6 + (unit * 7 + month * 5) % 3 - if better { effect } else { 0 };
            let (outcome, dims) = (Some("accepted".into()), dims.clone());
            let fact = Fact {
                kind: "referral.answered",
                outcome,
                minutes: Some(days * 1440),
                amount: 2,
                day,
                dims,
                ..Fact::default()
            };
            if trained == Some(month) {
                let done = Fact {
                    kind: "training.completed",
                    outcome: None,
                    minutes: None,
                    amount: 1,
                    ..fact.clone()
                };
                work.fact(done).await.unwrap();
            }
            work.fact(fact).await.unwrap();
        }
    }
    work.record("test.open", "training", Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

/// A referral that was answered today, after very long.
async fn answered(w: &World, today: Date) {
    let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
    let fact = Fact {
        kind: "referral.answered",
        day: today.to_string(),
        outcome: Some("accepted".into()),
        minutes: Some(90 * 1440),
        amount: 9,
        dims: vec![("institution", "U01".to_owned())],
        ..Fact::default()
    };
    work.fact(fact).await.unwrap();
    work.record("test.open", "training", Uuid::nil(), [1; 32]).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn the_page_says_whether_a_difference_can_be_seen_and_reads_months_that_ended() {
    for effect in [0, 4] {
        for w in worlds().await {
            let e = w.engine;
            let today = dates::day(w.p.store.clock.now(), &w.p.pack.zone);
            practised(&w, today, effect).await;
            let sofia = w.person("sofia", "mel", None).await;
            let app = App::new(w.p.clone(), false, None);
            let mut browser = Browser::of(&app, &w, &sofia).await;
            let spoken = [
                ("es", "Se ve una mejora.", "No se ve diferencia."),
                ("en", "A change for the better can be seen.", "No difference can be seen."),
            ];
            let signed_in = browser.cookie.clone();
            for (language, better, none) in spoken {
                browser.cookie = format!("{signed_in}; idioma={language}");
                let page = browser.get("/capacitacion/practica").await.page;
                // Days may have changed; that all are accepted has not.
                assert_eq!(page.contains(better), effect > 0, "{e}, {language}: {page}");
                assert!(page.contains(none), "{e}, {language}: {page}");
            }
            let before = browser.get("/capacitacion/practica").await.page;
            answered(&w, today).await;
            let after = browser.get("/capacitacion/practica").await.page;
            let main = |page: &str| page.split("<main").nth(1).unwrap().to_owned();
            assert_eq!(main(&before), main(&after), "{e}: what came today is told today");
        }
    }
}
