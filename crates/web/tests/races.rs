//! Two people change one record: the second is told, sees both values, and nothing is overwritten in silence.

use crate::common::browser;
use axum::http::StatusCode;
use browser::{Browser, Got};
use ceiba_access::Caller;
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::referrals::{self, Referral};
use ceiba_programme::cases::{closure, plan, tasks, team};
use ceiba_programme::partners::directory;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{alerts, cases};
use ceiba_web::App;
use uuid::Uuid;

macro_rules! work {
    ($w:expr, $who:expr, |$work:ident| $body:expr) => {{
        let mut $work = $w.p.store.work($who.account).await.unwrap();
        let answer = $body.unwrap();
        $work.commit().await.unwrap();
        answer
    }};
}

/// A case with two who may change it.
struct House {
    w: World,
    app: App,
    lucia: Caller,
    nora: Caller,
    case: Uuid,
    code: String,
}

async fn houses() -> Vec<House> {
    let mut all = Vec::new();
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        work!(w, nora, |work| team::name(&w.p, &mut work, &nora, case, nora.account).await);
        let mut tx = w.p.store.db.read().await.unwrap();
        let code = cases::lookup(&mut tx, case).await.unwrap().code;
        drop(tx);
        all.push(House { app: App::new(w.p.clone(), false, None), w, lucia, nora, case, code });
    }
    all
}

impl House {
    async fn two(&self) -> (Browser, Browser) {
        (
            Browser::of(&self.app, &self.w, &self.lucia).await,
            Browser::of(&self.app, &self.w, &self.nora).await,
        )
    }

    /// Both send at once from the same version: one is saved, the other gets both values and is not saved.
    async fn race(&self, path: &str, one: &[(&str, &str)], other: &[(&str, &str)], both: [&str; 2]) -> Got {
        let (lucia, nora) = self.two().await;
        self.race_of(&lucia, &nora, path, one, other, both).await
    }

    async fn race_of(
        &self,
        lucia: &Browser,
        nora: &Browser,
        path: &str,
        one: &[(&str, &str)],
        other: &[(&str, &str)],
        both: [&str; 2],
    ) -> Got {
        let (a, b) = tokio::join!(lucia.post(path, one), nora.post(path, other));
        let (won, lost) = if a.status == StatusCode::SEE_OTHER { (a, b) } else { (b, a) };
        let name = format!("{path} ({})", self.w.engine);
        assert_eq!(won.status, StatusCode::SEE_OTHER, "{name}: nobody won: {}", won.page);
        assert_eq!(lost.status, StatusCode::CONFLICT, "{name}: the second was not told: {}", lost.to);
        for value in both {
            assert!(lost.page.contains(value), "{name}: the page does not show «{value}»");
        }
        assert!(!lost.page.contains('⟦'), "{name}: a text is missing");
        lost
    }

    fn path(&self, rest: &str) -> String {
        format!("/casos/{}{rest}", self.code)
    }
}

#[tokio::test]
async fn her_name() {
    for h in houses().await {
        let form = |name| {
            vec![
                ("chosen_name", name),
                ("language", "spa"),
                ("known", "keep"),
                ("version", "1"),
                ("years", ""),
            ]
        };
        h.race(&h.path("/persona"), &form("Alba"), &form("Brisa"), ["Alba", "Brisa"]).await;
        // Sent again without a choice nothing is written; with one it is.
        let (_, nora) = h.two().await;
        let mut again = form("Brisa");
        again[3] = ("version", "2");
        again.push(("conflict", "1"));
        assert_eq!(nora.post(&h.path("/persona"), &again).await.status, StatusCode::CONFLICT);
        again.push(("choice", "mine"));
        assert_eq!(nora.post(&h.path("/persona"), &again).await.status, StatusCode::SEE_OTHER);
        assert!(nora.get(&h.path("")).await.page.contains("Brisa"), "{}", h.w.engine);
    }
}

#[tokio::test]
async fn a_goal() {
    for h in houses().await {
        let goal = plan::Goal { words: "Quiero leer".into(), level: -2, ..Default::default() };
        let id =
            work!(h.w, h.lucia, |work| plan::add(&h.w.p, &mut work, &h.lucia, h.case, "school", &goal).await);
        let form = |words| vec![("words", words), ("level", "0"), ("version", "1")];
        let path = h.path(&format!("/plan/{id}"));
        h.race(&path, &form("Quiero música"), &form("Quiero costura"), ["música", "costura"]).await;
    }
}

#[tokio::test]
async fn a_task() {
    for h in houses().await {
        let new = ("Llamar", "2026-05-01", None);
        let id = work!(h.w, h.lucia, |work| tasks::give(&h.w.p, &mut work, &h.lucia, h.case, new).await);
        let path = h.path(&format!("/tareas/{id}"));
        let form = |state| vec![("state", state), ("version", "1")];
        h.race(&path, &form("done"), &form("open"), ["hecha", "por hacer"]).await;
    }
}

#[tokio::test]
async fn the_safety_plan() {
    for h in houses().await {
        let form = |avoid| vec![("level", "low"), ("avoid", avoid), ("version", "")];
        h.race(&h.path("/seguridad"), &form("El mercado"), &form("La terminal"), ["mercado", "terminal"])
            .await;
    }
}

#[tokio::test]
async fn the_phase() {
    for h in houses().await {
        let mut tx = h.w.p.store.db.read().await.unwrap();
        let version = cases::lookup(&mut tx, h.case).await.unwrap().version.to_string();
        drop(tx);
        let form = |phase| vec![("phase", phase), ("version", version.as_str())];
        h.race(&h.path("/fase"), &form("plan"), &form("process"), ["Plan de vida", "En proceso"]).await;
    }
}

async fn permission(h: &House) -> (Uuid, Uuid) {
    let mut tx = h.w.p.store.db.read().await.unwrap();
    let school = directory::list(&mut tx).await.unwrap()[0].id;
    drop(tx);
    let consent = Consent {
        data: vec!["needs".into()],
        language: "spa".into(),
        how: "spoken".into(),
        assent: "yes".into(),
        by: "pgn".into(),
        ..Default::default()
    };
    let until = "2026-12-01";
    let new =
        consent::New { purpose: "share_named_partner", recipient: Some(school), until, given: true, consent };
    let id = work!(h.w, h.lucia, |work| consent::record(&h.w.p, &mut work, &h.lucia, h.case, &new).await);
    (id, school)
}

#[tokio::test]
async fn a_withdrawn_permission_and_a_guardian() {
    for h in houses().await {
        let julia = h.w.person("julia", "lawyer", Some("K1")).await;
        work!(h.w, h.nora, |work| team::name(&h.w.p, &mut work, &h.nora, h.case, julia.account).await);
        let (lucia, julia) =
            (Browser::of(&h.app, &h.w, &h.lucia).await, Browser::of(&h.app, &h.w, &julia).await);
        let (id, _) = permission(&h).await;
        let form = [("version", "1"), ("go", "1")];
        let path = h.path(&format!("/permisos/{id}/retirar"));
        h.race_of(&lucia, &julia, &path, &form, &form, ["retirado", "retirado"]).await;
        let path = h.path("/permisos/tutela");
        let (no, yes) = ([("version", "valid"), ("valid", "no")], [("version", "valid"), ("valid", "no")]);
        h.race_of(&lucia, &julia, &path, &no, &yes, ["no puede representarla", "versions"]).await;
    }
}

#[tokio::test]
async fn a_referrals_answer() {
    for h in houses().await {
        let julia = h.w.person("julia", "lawyer", Some("K1")).await;
        work!(h.w, h.nora, |work| team::name(&h.w.p, &mut work, &h.nora, h.case, julia.account).await);
        let (lucia, julia) =
            (Browser::of(&h.app, &h.w, &h.lucia).await, Browser::of(&h.app, &h.w, &julia).await);
        let (_, school) = permission(&h).await;
        let referral = Referral { need: "Un cupo".into(), data: vec!["needs".into()], ..Default::default() };
        let to = (school, "legal_advice", referrals::Way::Told);
        let id =
            work!(h.w, h.lucia, |work| referrals::send(&h.w.p, &mut work, &h.lucia, h.case, to, &referral)
                .await);
        let path = h.path(&format!("/referencias/{id}"));
        let yes = [("state", "accepted"), ("declined", ""), ("version", "1")];
        let no = [("state", "rejected"), ("declined", "Sin cupo"), ("version", "1")];
        h.race_of(&lucia, &julia, &path, &yes, &no, ["aceptada", "versions"]).await;
    }
}

#[tokio::test]
async fn the_responsible_person() {
    for h in houses().await {
        let other = h.w.person("irma", "social_worker", Some("K1")).await;
        work!(h.w, h.nora, |work| team::name(&h.w.p, &mut work, &h.nora, h.case, other.account).await);
        let carmen = h.w.person("carmen", "coordinator", Some("K1")).await;
        let (nora, carmen) =
            (Browser::of(&h.app, &h.w, &h.nora).await, Browser::of(&h.app, &h.w, &carmen).await);
        let (was, irma, hers) =
            (h.lucia.account.to_string(), other.account.to_string(), h.nora.account.to_string());
        let one = [("account", irma.as_str()), ("what", "responsible"), ("version", was.as_str())];
        let two = [("account", hers.as_str()), ("what", "responsible"), ("version", was.as_str())];
        h.race_of(&nora, &carmen, &h.path("/equipo"), &one, &two, ["irma", "nora"]).await;
    }
}

#[tokio::test]
async fn a_closing() {
    for h in houses().await {
        let body = closure::Closure { checks: vec!["told_she_may_return".into()], remark: String::new() };
        let id =
            work!(h.w, h.lucia, |work| closure::ask(&h.w.p, &mut work, &h.lucia, h.case, "goals_met", &body)
                .await);
        let carmen = h.w.person("carmen", "coordinator", Some("K1")).await;
        let (nora, carmen) =
            (Browser::of(&h.app, &h.w, &h.nora).await, Browser::of(&h.app, &h.w, &carmen).await);
        let id = id.to_string();
        let (no, yes) =
            ([("approve", "no"), ("version", id.as_str())], [("approve", "no"), ("version", id.as_str())]);
        h.race_of(&nora, &carmen, &h.path("/cierre/decidir"), &no, &yes, ["devuelto", "versions"]).await;
    }
}

#[tokio::test]
async fn an_account() {
    for h in houses().await {
        let tomas = h.w.person("tomas", "admin", None).await;
        let teo = h.w.person("teo", "admin", None).await;
        let (tomas, teo) = (Browser::of(&h.app, &h.w, &tomas).await, Browser::of(&h.app, &h.w, &teo).await);
        let path = format!("/ajustes/cuentas/{}", h.lucia.account);
        let (close, open) = ([("active", "no"), ("version", "1")], [("active", "yes"), ("version", "1")]);
        h.race_of(&tomas, &teo, &path, &close, &open, ["lucia", "versions"]).await;
    }
}

#[tokio::test]
async fn an_alert() {
    for h in houses().await {
        let report = ceiba_programme::testkit::report();
        let nobody = alerts::public();
        let (id, _) = work!(h.w, nobody, |work| alerts::report(&h.w.p, &mut work, &nobody, &report).await);
        let path = format!("/avisos/{id}/tomar");
        let (lucia, nora) = h.two().await;
        let (a, b) = tokio::join!(lucia.post(&path, &[]), nora.post(&path, &[]));
        let (name, lost) = if a.status == StatusCode::SEE_OTHER { ("lucia", b) } else { ("nora", a) };
        assert_eq!(lost.status, StatusCode::CONFLICT);
        assert!(lost.page.contains(name), "{}: she is not told who has it", h.w.engine);
        // Two windows of whoever has it.
        let hers = if name == "lucia" { &lucia } else { &nora };
        let path = format!("/avisos/{id}/decidir");
        let one = [("decision", "screen"), ("version", "2")];
        let two = [("decision", "emergency"), ("version", "2")];
        h.race_of(hers, hers, &path, &one, &two, ["Hacer detección", "Emergencia"]).await;
    }
}

/// What a change made is told in words, and the last one is taken back by whoever may change the record.
#[tokio::test]
async fn a_change_is_told_in_words_and_taken_back() {
    for h in houses().await {
        let goal = plan::Goal { words: "Quiero leer".into(), level: -2, ..Default::default() };
        let id =
            work!(h.w, h.lucia, |work| plan::add(&h.w.p, &mut work, &h.lucia, h.case, "school", &goal).await);
        let other = plan::Goal { words: "Quiero ʼmúsica'".into(), ..goal };
        work!(h.w, h.lucia, |work| plan::change(&h.w.p, &mut work, &h.lucia, (h.case, id, 1), &other).await);
        let (lucia, _) = h.two().await;
        let path = h.path(&format!("/historia/{id}"));
        let page = lucia.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.page.contains("Quiero leer") && page.page.contains("ʼmúsica"), "{}", page.page);
        assert!(!page.page.contains('⟦'), "{}", page.page);
        assert!(lucia.get(&h.path("/cronologia")).await.page.contains(&format!("/historia/{id}")));
        // A lawyer reads the plan's history with the head of the file, and cannot change it.
        let julia = h.w.person("julia", "lawyer", Some("K1")).await;
        work!(h.w, h.nora, |work| team::name(&h.w.p, &mut work, &h.nora, h.case, julia.account).await);
        let julia = Browser::of(&h.app, &h.w, &julia).await;
        assert!(!julia.get(&path).await.page.contains("/deshacer"), "she is offered what she may not do");
        let undo = format!("{path}/deshacer");
        assert_eq!(julia.post(&undo, &[("version", "2")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(lucia.post(&undo, &[("version", "1")]).await.status, StatusCode::CONFLICT);
        assert_eq!(lucia.post(&undo, &[("version", "2")]).await.status, StatusCode::SEE_OTHER);
        assert!(lucia.get(&h.path("/plan")).await.page.contains("Quiero leer"), "{}", h.w.engine);
        // A stranger's record, or one of another file, is nothing.
        let foreign = h.w.case(&h.lucia, "Otra").await;
        let elsewhere =
            work!(h.w, h.lucia, |work| plan::add(&h.w.p, &mut work, &h.lucia, foreign, "school", &other)
                .await);
        let none = lucia.get(&h.path(&format!("/historia/{elsewhere}"))).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    }
}
