//! Two people changed the same record: the second is told, sees both, and chooses. For records whose form is a
//! few fields, which are kept as they were typed.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use ceiba_programme::entries;
use ceiba_store::Tx;
use maud::{Markup, html};
use uuid::Uuid;

use super::frame::{self, Opened};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Notice, Version, actions, conflict_card, form_post, notice, submit};
use crate::posted::Fields;
use crate::view::Names;
use crate::{Answer, App, Failure};

/// The fields that the conflict page adds to a form.
pub const FIELDS: [&str; 2] = ["choice", "conflict"];

/// What the sender of a form says about a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// There was none, or hers is to stay: go on, with the version the form names.
    Mine,
    /// What is saved stays.
    Theirs,
    /// She was shown both and chose nothing. Nothing is chosen for her.
    Nothing,
}

/// Reads it.
pub fn said(f: &Fields) -> Said {
    match f.text("choice") {
        "theirs" => Said::Theirs,
        "mine" => Said::Mine,
        _ if f.ticked("conflict") => Said::Nothing,
        _ => Said::Mine,
    }
}

/// Both values and where to go with the choice.
pub struct Both {
    /// What it is about.
    pub label: String,
    /// What is saved.
    pub theirs: String,
    /// Who saved it, if that is known, and when.
    pub by: (Option<Uuid>, ceiba_store::Micros),
    /// What she wanted.
    pub mine: String,
    /// The version that is saved, for the form's hidden field.
    pub seen: String,
    /// Where the form goes.
    pub action: String,
    /// Where the page belongs, and where «what is saved stays» leads.
    pub back: String,
}

impl Both {
    fn show(&self, app: &App, me: &Me, names: &Names, f: &Fields) -> Markup {
        let w = me.words(app);
        let who = self.by.0.map_or_else(|| w.t("somebody"), |by| names.of(w, by));
        let theirs = Version { text: self.theirs.clone(), who, at: app.local(self.by.1) };
        let mine = Version { text: self.mine.clone(), who: me.session.name.clone(), at: app.now() };
        let own = ["csrf", "once", "version", "choice", "conflict"];
        html! {
            (notice(w, Notice::Warning, html! { (w.t("changed-text")) }))
            (form_post(&self.action, &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(self.seen);
                input type="hidden" name="conflict" value="1";
                @for name in f.names().filter(|n| !own.contains(n)) {
                    @for value in f.list(name) { input type="hidden" name=(name) value=(value); }
                }
                (conflict_card(w, "choice", &self.label, &theirs, &mine, app.now()))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }

    /// The page in the frame of a file. The caller has committed the reading.
    pub fn in_file(&self, app: &App, me: &Me, o: &Opened, section: &str, f: &Fields) -> Response {
        let page = frame::page(app, me, o, section, self.show(app, me, &o.names, f));
        (StatusCode::CONFLICT, page).into_response()
    }

    /// The page at the desk.
    pub async fn at_desk(&self, app: &App, me: &Me, f: &Fields) -> Answer {
        let mut tx = app.programme.store.db.read().await?;
        let names = Names::read(app, &mut tx).await?;
        let page = Desk::new(app, me, "failure-window", &self.back).body(self.show(app, me, &names, f));
        Ok((StatusCode::CONFLICT, page).into_response())
    }
}

/// Whoever changed an entry last, or wrote it, and when.
pub async fn by(tx: &mut Tx, head: &entries::Head) -> Result<(Option<Uuid>, ceiba_store::Micros), Failure> {
    let changed = entries::changed_by(tx, head.id).await?;
    // A change that keeps no former version names nobody.
    let by = changed.or_else(|| (head.changed_at == head.created_at).then_some(head.author));
    Ok((by, head.changed_at))
}

/// The conflict page of an entry: its state and former writer against what she wanted.
pub async fn entry(
    app: &App,
    me: &Me,
    (code, section, id): (&str, &str, Uuid),
    (action, mine): (String, String),
    f: &Fields,
) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, section).await?;
    let head = entries::head(work.tx(), o.id(), id).await?;
    let by = by(work.tx(), &head).await?;
    work.commit().await?;
    let both = Both {
        label: w.t(&format!("entry-{}", head.kind)),
        theirs: w.t(&format!("state-{}-{}", head.kind, head.state)),
        by,
        mine,
        seen: head.version.to_string(),
        action: o.path(&action),
        back: o.path(section),
    };
    Ok(both.in_file(app, me, &o, section, f))
}
