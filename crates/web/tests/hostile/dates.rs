//! 5–6: days that do not exist, and an age that a date of birth contradicts.

use axum::http::StatusCode;

use crate::setting::{houses, new_case};

/// 5. Impossible and future days are refused with words; about this age is a value of its own.
#[tokio::test]
async fn impossible_dates_are_refused_and_an_approximate_age_is_a_value() {
    for h in houses().await {
        let before = h.stored().await;
        for ((day, month, year), key) in [
            (("31", "2", "2010"), "problem-date-impossible"),
            (("0", "0", "0000"), "problem-date-year"),
            (("1", "1", "2099"), "problem-date-future"),
            (("1", "1", "5784"), "problem-date-year"),
            (("-1", "1", "2010"), "problem-date-impossible"),
            (("1", "13", "2010"), "problem-date-impossible"),
            (("40000", "1", "2010"), "problem-date-numbers"),
            (("٣", "2", "2010"), "problem-date-numbers"),
            (("1e1", "2", "2010"), "problem-date-numbers"),
        ] {
            let birth = [("birth@day", day), ("birth@month", month), ("birth@year", year)];
            let got = h.her.post("/casos/nuevo", &new_case("Nueva", &birth)).await;
            h.refused(&format!("{day}/{month}/{year}"), &before, &got, key).await;
            assert!(got.page.contains(&format!("value=\"{year}\"")), "what was typed is gone");
        }
        for years in ["unos 14", "14.5", "-3", "999", "0x10"] {
            let got = h.her.post("/casos/nuevo", &new_case("Nueva", &[("years", years)])).await;
            h.refused(years, &before, &got, "problem-years").await;
        }
        let got =
            h.her.post("/casos/nuevo", &new_case("Nueva", &[("years", "14"), ("checked", "yes")])).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.page);
        assert!(h.her.get(&got.to).await.page.contains("unos 14 años"), "{}", h.w.engine);
    }
}

/// 5, in a form that a pack brings: a day that does not exist is not left out in silence.
#[tokio::test]
async fn an_impossible_date_in_a_task_is_refused() {
    for h in houses().await {
        let before = h.stored().await;
        let due = [("text", "Llamar"), ("due@day", "31"), ("due@month", "2"), ("due@year", "2026")];
        let got = h.her.post(&h.path("/tareas"), &due).await;
        h.refused("a task on 31 February", &before, &got, "problem-date-impossible").await;
    }
}

/// 6. Neither is thrown away: the contradiction shows until somebody finds out, and the rules for minors hold.
#[tokio::test]
async fn an_age_against_a_date_is_shown_and_the_rules_for_minors_hold() {
    for h in houses().await {
        // On 2 March 2026: seventeen by the date and eighteen by what was said, and the other way round.
        for (year, years, ages) in
            [("2009", "18", ["16 años", "unos 18 años"]), ("2007", "17", ["18 años", "unos 17 años"])]
        {
            let fields = [
                ("years", years),
                ("birth@day", "1"),
                ("birth@month", "6"),
                ("birth@year", year),
                ("checked", "yes"),
            ];
            let got = h.her.post("/casos/nuevo", &new_case("Brisa", &fields)).await;
            assert_eq!(got.status, StatusCode::SEE_OTHER, "it is not refused: {}", got.page);
            let page = h.her.get(&got.to).await.page;
            for age in ages {
                assert!(page.contains(age), "{} is not shown ({}): {page}", age, h.w.engine);
            }
            assert!(page.contains(&h.say("birth-disputed-mend")), "{page}");
            let consent = h.her.get(&format!("{}/permisos", got.to)).await.page;
            assert!(
                consent.contains("value=\"not_asked\""),
                "{}: her assent is not asked: {consent}",
                h.w.engine
            );
            // Found out: the contradiction is over.
            let fields = [
                ("chosen_name", "Brisa"),
                ("language", "spa"),
                ("known", "about"),
                ("years", "19"),
                ("version", "1"),
            ];
            let fields =
                [&fields[..], &[("birth@day", ""), ("birth@month", ""), ("birth@year", "")]].concat();
            let mended = h.her.post(&format!("{}/persona", got.to), &fields).await;
            assert_eq!(mended.status, StatusCode::SEE_OTHER, "{}", mended.page);
            assert!(!h.her.get(&got.to).await.page.contains(&h.say("birth-disputed-mend")));
        }
        // An age that agrees with the date is none.
        let fields = [
            ("years", "16"),
            ("birth@day", ""),
            ("birth@month", ""),
            ("birth@year", "2009"),
            ("checked", "yes"),
        ];
        let got = h.her.post("/casos/nuevo", &new_case("Clara", &fields)).await;
        assert!(!h.her.get(&got.to).await.page.contains(&h.say("birth-disputed-mend")), "{}", h.w.engine);
    }
}
