//! What a figure is divided by and what the codes in its rows are called, in one language: the same words on the page and in every file
//! that leaves. A code that has no words here keeps its code.

use std::collections::BTreeMap;

use ceiba_programme::cases::screening;
use ceiba_programme::partners::directory;
use ceiba_programme::results::frozen::{Figure, Frozen};

use crate::{App, Failure, Lang, Words};

/// The words for one report.
pub(crate) struct Labels<'a> {
    app: &'a App,
    w: &'a Words,
    /// Institutions of the directory, by code.
    institutions: BTreeMap<String, String>,
    /// Titles of the programme's forms, by their id.
    forms: BTreeMap<String, String>,
}

impl<'a> Labels<'a> {
    /// Reads what stands in the database: institutions, and forms that the report names.
    pub(crate) async fn read(app: &'a App, report: &Frozen, lang: Lang) -> Result<Self, Failure> {
        let mut tx = app.programme.store.db.read().await?;
        let named = directory::list(&mut tx).await?;
        let named = named.iter().map(|i| (i.code.clone(), i.name.clone())).collect();
        let mut forms = BTreeMap::new();
        let asked = report.figures.iter().filter(|f| f.kinds().contains(&"screening.kept".to_owned()));
        for code in asked.flat_map(|f| &f.tables).filter(|t| t.rows_by == "code").flat_map(|t| &t.rows) {
            if let Ok(form) = screening::form(&mut tx, code).await {
                forms.insert(code.clone(), form.title);
            }
        }
        Ok(Self { app, w: app.words(lang), institutions: named, forms })
    }

    /// What a dimension is called: «sexo», «quién paga al personal».
    pub(crate) fn by(&self, dimension: &str) -> String {
        let key = format!("out-by-{}", dimension.replace('_', "-"));
        if dimension.is_empty() || !self.w.knows(&key) { dimension.to_owned() } else { self.w.t(&key) }
    }

    /// What a code is called; the code itself when nothing says more.
    pub(crate) fn part(&self, figure: &Figure, by: &str, code: &str) -> String {
        self.known(figure, by, code).unwrap_or_else(|| code.to_owned())
    }

    /// What a code is called, if anything says so.
    pub(crate) fn known(&self, figure: &Figure, by: &str, code: &str) -> Option<String> {
        let found = match (by, code) {
            (_, "all") => Some(self.w.t("out-part-all")),
            (_, "unknown" | "") => Some(self.w.t("out-part-unknown")),
            ("sex", _) => self.listed("gender", code),
            ("age_band", _) => self.keyed("age-band", &code.replace('+', "-more")),
            ("municipality", _) => self.listed("municipalities", code),
            ("department", _) => self.listed("departments", code),
            ("language", _) => self.listed("languages", code),
            ("site", _) => self.site(code),
            ("act", _) => self.listed("trafficking_acts", code),
            ("purpose", _) => self.listed("purposes", code),
            ("found_by", _) => self.listed("found_by", code),
            ("recruited", _) => self.listed("recruitment_relationships", code),
            ("post", _) => self.listed("training_posts", code),
            ("partner_type", _) => self.listed("network_kinds", code),
            ("material", _) => self.listed("network_materials", code),
            ("payer", _) => self.listed("log_payers", code),
            ("institution" | "court", _) => self.institution(code),
            ("definition", _) => self.keyed("result-definition", code),
            ("channel", _) => self.keyed("channel", code),
            ("urgency", _) => self.keyed("urgency", code),
            ("course", _) => Some(self.w.with("out-part-course", &[("code", code.into())])),
            ("holder", _) => {
                Some(self.app.programme.pack.route.holder(code, self.lang()).to_owned()).filter(|n| n != code)
            }
            _ => figure.kinds().iter().find_map(|kind| self.coded(kind, by, code)),
        };
        found.or_else(|| self.brought(by, code))
    }

    /// The texts of its language.
    pub(crate) const fn words(&self) -> &'a Words {
        self.w
    }

    fn lang(&self) -> &'static str {
        self.w.lang().code()
    }

    fn listed(&self, list: &str, code: &str) -> Option<String> {
        self.app.programme.pack.lists.name(list, code, self.lang()).map(str::to_owned)
    }

    fn keyed(&self, prefix: &str, code: &str) -> Option<String> {
        let key = format!("{prefix}-{code}");
        self.w.knows(&key).then(|| self.w.t(&key))
    }

    fn site(&self, code: &str) -> Option<String> {
        let site = self.app.programme.pack.sites.iter().find(|s| s.code == code)?;
        Some(format!("{code} · {}", self.keyed("site", &site.kind)?))
    }

    fn institution(&self, code: &str) -> Option<String> {
        self.institutions.get(code).cloned().or_else(|| self.listed("justice_institutions", code))
    }

    /// Codes of records that the programme brought, which its own pack names.
    fn brought(&self, by: &str, code: &str) -> Option<String> {
        let labels = &self.app.programme.pack.results.labels;
        let label = labels.iter().find(|l| l.by == by && l.code == code)?;
        Some(label.name.of(self.lang()).to_owned())
    }

    /// What the code or the outcome of a fact is called, which depends on its kind.
    fn coded(&self, kind: &str, by: &str, code: &str) -> Option<String> {
        let (pack, lang) = (&self.app.programme.pack, self.lang());
        let domain = |scale: &str, domain: &str| {
            let scale = pack.care.scales.iter().find(|s| s.id == scale)?;
            scale.domains.iter().find(|d| d.code == domain).map(|d| d.name.of(lang).to_owned())
        };
        match (kind, by) {
            ("alert.received", "outcome") => self.keyed("reporter", code),
            ("justice.stage", "outcome") => self.listed("proceeding_stages", code),
            ("shelter.left", "outcome") => self.keyed("result-left", code),
            (_, "outcome") => None,
            ("alert.received" | "alert.answered" | "alert.decided", _) => self.keyed("urgency", code),
            ("case.closed", _) => self.listed("closure_reasons", code),
            ("clinic.visit" | "clinic.offer", _) => pack.clinic.desk(code).map(|d| d.name(lang).to_owned()),
            ("conduct.received", _) => self.listed("conduct_kinds", code),
            ("goal.rated", _) => self.keyed("domain", code),
            ("hearing.set" | "hearing.ended", _) => self.listed("hearing_kinds", code),
            ("justice.stage", _) => self.listed("proceeding_kinds", code),
            ("lesson.completed", _) => {
                pack.lessons.all().iter().find(|l| l.code == code).map(|l| l.text(lang).title.clone())
            }
            ("log.adviser" | "log.decision", _) => self.listed("log_advice", code),
            ("log.feedback", _) => self.listed("feedback_questions", code),
            ("log.supervision", _) => self.listed("log_supervision", code),
            ("measure.asked" | "measure.decided" | "measure.broken", _) => self.listed("measure_kinds", code),
            ("money.paid" | "money.returned", _) => {
                pack.care.lines.iter().find(|l| l.code == code).map(|l| format!("{code}, {}", l.donor))
            }
            ("office.received", _) => self.listed("office_about", code),
            ("outcome.scored", _) => {
                code.split_once(':').and_then(|(s, d)| domain(s, d)).or_else(|| self.keyed("domain", code))
            }
            ("practice.applied", _) => pack.training.technique(code).map(|t| t.name.of(lang).to_owned()),
            ("route.kept" | "route.step", _) => pack.route.row(code).map(|r| r.task(lang).to_owned()),
            ("screening.kept", _) => {
                self.keyed("result-form", code).or_else(|| self.forms.get(code).cloned())
            }
            ("shelter.incident", _) => self.listed("incident_kinds", code),
            ("shelter.refused", _) => self.listed("refusal_reasons", code),
            ("support.delivered", _) => self.keyed("care-kind", code),
            (k, _) if k.starts_with("training.") => {
                pack.training.newest(code).map(|c| c.name.of(lang).to_owned())
            }
            // What is given, asked for elsewhere or attended: a type of service, or one of the programme's own.
            _ => self.listed("service_types", code).or_else(|| {
                pack.care.services.iter().find(|s| s.code == code).map(|s| s.name.of(lang).to_owned())
            }),
        }
    }
}
