//! What waits for the reader's decision. A list of things to do, each with the page where it is done: each room says itself what this person
//! may know of, so nothing here passes the gate for numbers, stands in a file or depends on months and sites.

use ceiba_access::{Act, Situation};
use ceiba_programme::care::support;
use ceiba_programme::cases::{emergency, lists};
use ceiba_programme::outputs::{self, pages};
use ceiba_programme::results::quarter;
use ceiba_programme::shelter::conduct;
use ceiba_programme::{erasure, handover, leak, publishing, releases};
use ceiba_store::Tx;
use maud::{Markup, html};

use super::Ask;
use crate::Failure;

/// How many are shown before the rest is folded.
const FIRST: usize = 5;

/// Something to decide: in words, and where.
pub(super) struct Waiting {
    words: String,
    to: String,
}

/// What waits, the most pressing first.
pub(super) async fn waiting(a: &Ask<'_>, tx: &mut Tx) -> Result<Vec<Waiting>, Failure> {
    let mut all = of_people(a, tx).await?;
    all.extend(of_numbers(a, tx).await?);
    all.extend(of_the_office(a, tx).await?);
    Ok(all)
}

/// «Two requests»: none when there is none.
fn many(a: &Ask<'_>, key: &str, n: usize, to: &str) -> Option<Waiting> {
    let n = i64::try_from(n).ok().filter(|n| *n > 0)?;
    Some(Waiting { words: a.w.with(&format!("board-decide-{key}"), &[("n", n.into())]), to: to.to_owned() })
}

/// Emergency accesses, conduct, leaks, erasures; closings and support at her own site.
async fn of_people(a: &Ask<'_>, tx: &mut Tx) -> Result<Vec<Waiting>, Failure> {
    let (p, me, caller) = (&a.app.programme, a.me, a.me.caller());
    let mut all = Vec::new();
    if me.somewhere(a.app, Act::BREAK_REVIEW) {
        let uses = emergency::waiting(p, tx, caller).await?;
        all.extend(many(
            a,
            "emergency",
            uses.iter().filter(|u| u.account != caller.account).count(),
            "/revision",
        ));
    }
    if me.can(a.app, Act::CONDUCT_READ) {
        let reports = conduct::list(p, tx, caller).await?;
        let open = reports.iter().filter(|r| conduct::next(&r.head.state).is_some()).count();
        all.extend(many(a, "conduct", open, "/supervision/conducta"));
    }
    if me.can(a.app, Act::LEAK_DECIDE) {
        let asked = leak::all(p, tx, caller).await?.iter().filter(|l| l.state == "asked").count();
        all.extend(many(a, "leak", asked, "/supervision/filtraciones"));
    }
    if me.can(a.app, Act::ERASE_APPROVE) {
        all.extend(many(a, "erasure", erasure::waiting(p, tx, caller).await?.len(), "/borrados"));
    }
    let here = Situation { same_site: true, ..Situation::default() };
    if caller.site.is_some() && p.gate.would(caller, Act::CLOSE_APPROVE, &here) {
        all.extend(many(a, "closing", lists::closing(p, tx, caller).await?.len(), "/hoy"));
        all.extend(many(a, "support", support::waiting(p, tx, caller).await?.len(), "/hoy"));
    }
    Ok(all)
}

/// Quarters that wait for approval or for being asked for, figures off target, numbers and pages that should leave.
async fn of_numbers(a: &Ask<'_>, tx: &mut Tx) -> Result<Vec<Waiting>, Failure> {
    let (p, w, me, caller) = (&a.app.programme, a.w, a.me, a.me.caller());
    let (approves, writes) = (me.can(a.app, Act::RESULTS_APPROVE), me.can(a.app, Act::RESULTS_WRITE));
    let mut all = Vec::new();
    if approves || writes {
        let today = a.app.today().to_string();
        let mut pages_asked = 0;
        for (grant, reports) in quarter::grants(p, tx, caller).await? {
            for period in quarter::periods(grant, a.app.today()).iter().filter(|x| x.to < today) {
                let state = reports.iter().find(|r| r.period == period.code).map(|r| r.state.as_str());
                let key = match state {
                    Some("asked") if approves => "approve",
                    Some("open") if writes => "explain",
                    // Of quarters that nobody opened only the last: earlier ones may have been reported before the programme came here.
                    None if writes && Some(&period.code) == last(grant, a).as_ref() => "open",
                    _ => continue,
                };
                let named = [
                    ("period", crate::results::period(w, &period.code).into()),
                    ("grant", grant.name.of(w.lang().code()).to_owned().into()),
                ];
                let words = w.with(&format!("board-decide-{key}"), &named);
                all.push(Waiting { words, to: format!("/resultados/{}/{}", grant.code, period.code) });
            }
            let asked = pages::list(p, tx, caller, &grant.code).await?;
            pages_asked +=
                asked.iter().filter(|x| x.state == "asked" && x.asked_by != caller.account).count();
        }
        for report in outputs::latest(p, tx, caller).await? {
            let off = report.figures.iter().filter(|f| quarter::is_off(f, &report)).count();
            let to = format!("/resultados/{}/{}", report.grant.code, report.period.code);
            all.extend(many(a, "off", off, &to));
        }
        if approves {
            all.extend(many(a, "page", pages_asked, "/resultados"));
        }
    }
    if me.can(a.app, Act::RELEASE_REVIEW) {
        let asked = releases::outside(p, tx, caller).await?;
        let asked = asked.iter().filter(|r| r.state == "asked" && r.asked_by != caller.account).count();
        all.extend(many(a, "release", asked, "/resultados/publicaciones"));
    }
    Ok(all)
}

/// The last quarter of a grant that is over.
fn last(grant: &ceiba_programme::results::framework::Framework, a: &Ask<'_>) -> Option<String> {
    let today = a.app.today();
    quarter::periods(grant, today).into_iter().find(|x| x.to < today.to_string()).map(|x| x.code)
}

/// Posts that change hands, forms that wait for a second person.
async fn of_the_office(a: &Ask<'_>, tx: &mut Tx) -> Result<Vec<Waiting>, Failure> {
    let (p, me, caller) = (&a.app.programme, a.me, a.me.caller());
    let mut all = Vec::new();
    if me.can(a.app, Act::HANDOVER_APPROVE) && me.can(a.app, Act::HANDOVER_BEGIN) {
        let handovers = handover::list(p, tx, caller).await?;
        let open =
            handovers.iter().filter(|h| h.open() && h.approved_by.is_none() && h.begun_by != caller.account);
        all.extend(many(a, "handover", open.count(), "/traspaso"));
    }
    if me.can(a.app, Act::FORM_PUBLISH) {
        let forms = publishing::list(p, tx, caller).await?;
        let drafts =
            forms.iter().filter(|f| f.state == "draft" && f.added_by != Some(caller.account)).count();
        all.extend(many(a, "form", drafts, "/ajustes/formularios"));
    }
    Ok(all)
}

/// The block: five, and the rest folded.
pub(super) fn shown(a: &Ask<'_>, all: &[Waiting]) -> Markup {
    let w = a.w;
    let (first, rest) = all.split_at(all.len().min(FIRST));
    let list = |some: &[Waiting]| {
        html! { ul class="tasks" { @for x in some { li { a href=(x.to) { (x.words) } } } } }
    };
    html! {
        section class="card" {
            h3 { (w.t("board-decide")) }
            @if all.is_empty() { p { (w.t("board-decide-none")) } } @else { (list(first)) }
            @if !rest.is_empty() { details { summary { (w.with("board-decide-more", &[("n", i64::try_from(rest.len()).unwrap_or(0).into())])) } (list(rest)) } }
            p class="quiet" { (w.t("board-decide-rule")) }
        }
    }
}
