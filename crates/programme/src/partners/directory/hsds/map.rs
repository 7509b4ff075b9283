//! An entry of the directory as a service of HSDS, and back.

use ceiba_exchange::hsds::{
    Attribute, Language, Organization, Phone, Schedule, Service, ServiceArea, Status, Term, part,
};

use crate::Programme;
use crate::partners::directory::{Institution, KINDS, Offer, Unit};

/// The list of terms that says a kind of institution.
const KIND_TERMS: &str = "institution_kinds";
/// The list of terms that says a kind of service.
const SERVICE_TERMS: &str = "service_types";

/// What stands in a service, as an entry.
pub(super) fn offer(p: &Programme, s: &Service) -> Offer {
    let lists = &p.pack.lists;
    let terms = |of: &str| -> Vec<&str> {
        let terms = s.attributes.iter().filter_map(|a| a.taxonomy_term.as_ref());
        terms.filter(|t| t.description == of).filter_map(|t| t.code.as_deref()).collect()
    };
    let kind = terms(KIND_TERMS).into_iter().find(|k| KINDS.contains(k)).unwrap_or("ngo");
    let services = terms(SERVICE_TERMS).into_iter().filter(|c| lists.has("service_types", c));
    let areas: Vec<String> = s
        .service_areas
        .iter()
        .filter_map(|a| a.extent.as_ref())
        .map(|e| e.replace(char::is_whitespace, "_"))
        .collect();
    let phone = s.phones.first().map(|p| p.number.clone()).unwrap_or_default();
    let unit = |u: &Phone| Unit {
        name: u.description.clone().unwrap_or_else(|| u.number.clone()),
        phone: if u.number == phone { String::new() } else { u.number.clone() },
    };
    let day = |of: fn(&Schedule) -> &Option<String>| {
        s.schedules.first().and_then(|d| of(d).clone()).unwrap_or_default()
    };
    Offer {
        name: one_line(&s.name),
        kind: kind.to_owned(),
        municipality: areas.first().cloned().unwrap_or_default(),
        hours: one_line(&s.schedules.iter().map(hours).collect::<Vec<_>>().join("; ")),
        services: services.map(str::to_owned).collect(),
        languages: s
            .languages
            .iter()
            .filter_map(|l| l.code.clone())
            .filter(|c| lists.has("languages", c))
            .collect(),
        units: s.phones.iter().skip(1).map(unit).map(|u| Unit { name: one_line(&u.name), ..u }).collect(),
        phone,
        coverage: areas,
        eligibility: s.eligibility_description.clone().unwrap_or_default().trim().to_owned(),
        valid_from: day(|d| &d.valid_from),
        valid_until: day(|d| &d.valid_to),
    }
}

/// Names are kept a line each.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Hours in words.
fn hours(s: &Schedule) -> String {
    if let Some(said) = &s.description {
        return said.clone();
    }
    let word = |day: &str| match day {
        "MO" => "lunes",
        "TU" => "martes",
        "WE" => "miércoles",
        "TH" => "jueves",
        "FR" => "viernes",
        "SA" => "sábado",
        "SU" => "domingo",
        _ => "",
    };
    let days = match s.byday.as_deref() {
        Some("MO,TU,WE,TH,FR") => "lunes a viernes".to_owned(),
        Some("MO,TU,WE,TH,FR,SA") => "lunes a sábado".to_owned(),
        Some("MO,TU,WE,TH,FR,SA,SU") => "todos los días".to_owned(),
        Some(days) => days.split(',').map(word).filter(|d| !d.is_empty()).collect::<Vec<_>>().join(", "),
        None => String::new(),
    };
    match (&s.opens_at, &s.closes_at) {
        (Some(from), Some(to)) if days.is_empty() => format!("{from} a {to}"),
        (Some(from), Some(to)) => format!("{days}, {from} a {to}"),
        _ => days,
    }
}

/// An entry as a service. What was brought leaves as it came, but for what was changed here.
pub(super) fn service(p: &Programme, i: &Institution) -> Service {
    let brought = i.document.as_deref().and_then(|d| serde_json::from_str::<Service>(d).ok());
    let was = brought.as_ref().map(|s| offer(p, s)).unwrap_or_default();
    let mut s = brought.unwrap_or_else(|| Service { id: i.id, ..Service::default() });
    let name = |list: &str, code: &str| p.pack.lists.name(list, code, "es").unwrap_or(code).to_owned();
    let n = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    s.status = Status::Active;
    if was.name != i.name {
        s.name.clone_from(&i.name);
    }
    if s.organization.is_none() {
        let (name, description) = (i.name.clone(), i.kind.clone());
        s.organization =
            Some(Organization { id: part(i.id, 1, 0), name, description, ..Organization::default() });
    }
    if was.phone != i.phone || was.units != i.units {
        let of = |(k, number, description): (usize, &str, Option<String>)| Phone {
            id: part(i.id, 2, n(k)),
            number: number.to_owned(),
            r#type: Some("voice".to_owned()),
            description,
            ..Phone::default()
        };
        let unit = |(k, u): (usize, &Unit)| {
            of((k + 1, if u.phone.is_empty() { &i.phone } else { &u.phone }, Some(u.name.clone())))
        };
        s.phones =
            std::iter::once(of((0, &i.phone, None))).chain(i.units.iter().enumerate().map(unit)).collect();
    }
    if (&was.hours, &was.valid_from, &was.valid_until) != (&i.hours, &i.valid_from, &i.valid_until) {
        let (valid_from, valid_to) = (some(&i.valid_from), some(&i.valid_until));
        let one = Schedule {
            id: part(i.id, 3, 0),
            description: some(&i.hours),
            valid_from,
            valid_to,
            ..Schedule::default()
        };
        s.schedules = vec![one];
    }
    if was.serves() != i.serves() {
        let area = |(k, code): (usize, &str)| ServiceArea {
            id: part(i.id, 4, n(k)),
            name: Some(name("municipalities", code)),
            extent_type: Some("text".to_owned()),
            extent: Some(code.to_owned()),
            ..ServiceArea::default()
        };
        s.service_areas = i.serves().into_iter().enumerate().map(area).collect();
    }
    if was.languages != i.languages {
        let of = |(k, code): (usize, &String)| Language {
            id: part(i.id, 5, n(k)),
            name: Some(name("languages", code)),
            code: Some(code.clone()),
            ..Language::default()
        };
        s.languages = i.languages.iter().enumerate().map(of).collect();
    }
    if (&was.services, &was.kind) != (&i.services, &i.kind) {
        s.attributes.retain(|a| {
            a.taxonomy_term
                .as_ref()
                .is_none_or(|t| ![KIND_TERMS, SERVICE_TERMS].contains(&t.description.as_str()))
        });
        let terms = i.services.iter().map(|c| (SERVICE_TERMS, c.clone(), name("service_types", c)));
        let terms = terms.chain([(KIND_TERMS, i.kind.clone(), i.kind.clone())]);
        s.attributes.extend(terms.enumerate().map(|(k, (of, code, name))| Attribute {
            id: part(i.id, 6, n(k)),
            link_id: s.id,
            link_entity: "service".to_owned(),
            link_type: Some("service".to_owned()),
            value: None,
            taxonomy_term: Some(Term {
                id: part(i.id, 7, n(k)),
                name,
                description: of.to_owned(),
                code: Some(code),
                ..Term::default()
            }),
        }));
    }
    if was.eligibility != i.eligibility {
        s.eligibility_description = some(&i.eligibility);
    }
    if i.checked_on.is_some() {
        s.assured_date.clone_from(&i.checked_on);
    }
    s
}
