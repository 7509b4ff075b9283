//! Signing in.

use ceiba_programme::accounts::sign_in::{Try, sign_in};
use ceiba_programme::accounts::{second, sessions};
use ceiba_programme::testkit::{PASSWORD, worlds};
use ceiba_programme::work;
use ceiba_store::HOUR;

#[tokio::test]
async fn signing_in_is_slowed_never_locked_and_a_code_is_good_once() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        w.person("nora", "coordinator", Some("K1")).await;
        // A name that exists and one that does not hear the same, try after try, and come to the same wait.
        for _ in 0..6 {
            let mut heard = Vec::new();
            for name in ["nora", "nadie"] {
                heard.push(match sign_in(&w.p, name, "no es", "").await.unwrap() {
                    Try::Wrong { left } => ("wrong", left),
                    Try::Wait { until } => ("wait", until),
                    Try::In(_) => ("in", 0),
                });
            }
            assert_eq!(heard[0], heard[1], "{}", w.engine);
        }
        for _ in 0..5 {
            assert!(matches!(sign_in(&w.p, "lucia", "no es", "").await.unwrap(), Try::Wrong { .. }));
        }
        assert!(
            matches!(sign_in(&w.p, "lucia", PASSWORD, "").await.unwrap(), Try::Wait { .. }),
            "{}",
            w.engine
        );
        w.place.clock.move_by(HOUR);
        let Try::In(who) = sign_in(&w.p, " LUCIA ", PASSWORD, "").await.unwrap() else {
            panic!("she comes in")
        };
        let keys = sessions::Keys::default();
        let token = sessions::start(&w.p, &keys, who, "Firefox").await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let session = sessions::find(&w.p, &keys, &mut tx, &token).await.unwrap().unwrap();
        assert!(!session.locked && session.caller.secret.is_some());
        assert!(sessions::find(&w.p, &keys, &mut tx, &"0".repeat(64)).await.unwrap().is_none());
        drop(tx);
        w.place.clock.move_by(16 * ceiba_store::MINUTE);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(sessions::find(&w.p, &keys, &mut tx, &token).await.unwrap().unwrap().locked, "idle");
        drop(tx);
        let secret = work!(w, lucia, |work| second::give(&w.p, &mut work, lucia.account).await).unwrap();
        let code = second::code_at(&secret, w.p.store.clock.now()).unwrap();
        assert!(matches!(sign_in(&w.p, "lucia", PASSWORD, "000000").await.unwrap(), Try::Wrong { .. }));
        assert!(matches!(sign_in(&w.p, "lucia", PASSWORD, &code).await.unwrap(), Try::In(_)), "{}", w.engine);
        assert!(
            matches!(sign_in(&w.p, "lucia", PASSWORD, &code).await.unwrap(), Try::Wrong { .. }),
            "good once"
        );
    }
}
