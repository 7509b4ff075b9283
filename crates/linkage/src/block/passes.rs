//! What two records must share to be looked at. The finest first; any of them is enough.

use crate::record::born::{Born, Kind};
use crate::record::coded::{Coded, slot};
use crate::record::coder::Coder;
use crate::words::MISSING;

/// The name that each word is filed under: a rare one under the common one that it is a slip of.
pub(crate) struct Names(Vec<u32>);

/// So much commoner must a name be to be what a clerk meant.
const COMMONER: u32 = 20;

impl Names {
    pub(crate) fn new(coder: &Coder) -> Self {
        let meant = |word: u32| {
            let met = |word: u32| coder.met(word, slot::GIVEN1) + coder.met(word, slot::SURNAME1);
            let enough = met(word).max(1) * COMMONER;
            // Words with many of their own are what was meant; looking further costs much.
            if met(word) > 30 {
                return coder.words.name(word);
            }
            let like = coder.words.like(word);
            let best =
                like.iter().map(|alike| (met(alike.word()), alike.word())).filter(|(met, _)| *met >= enough);
            let best =
                best.max_by(|a, b| a.0.cmp(&b.0).then(coder.words.text(b.1).cmp(coder.words.text(a.1))));
            coder.words.name(best.map_or(word, |(_, other)| other))
        };
        Self(
            (0..coder.words.len() as u32).map(|word| if word == MISSING { 0 } else { meant(word) }).collect(),
        )
    }

    fn of(&self, record: &Coded, at: usize) -> u64 {
        self.0[record.words[at] as usize].into()
    }
}

/// One way of finding pairs.
pub(super) struct Pass {
    pub(super) name: &'static str,
    emit: fn(&View, Emit),
}

/// A record as passes see it; zero is missing.
struct View {
    given: [u64; 2],
    surname: [u64; 2],
    mother: u64,
    mothers_surname: u64,
    year: u64,
    day: u64,
    month: u64,
    record: Coded,
}

impl Pass {
    /// Calls with each key of a record.
    pub(super) fn keys(&self, record: &Coded, names: &Names, mut each: impl FnMut(u64)) {
        let at = |slot| names.of(record, slot);
        let Born { year, month, day, kind, .. } = record.born;
        let (year, month, day) = (year as u64, u64::from(month), u64::from(day));
        let view = View {
            given: [at(slot::GIVEN1), at(slot::GIVEN2)],
            surname: [at(slot::SURNAME1), at(slot::SURNAME2)],
            mother: at(slot::MOTHER),
            mothers_surname: at(slot::MOTHER_SURNAME2),
            year,
            month: if kind >= Kind::Month { year * 12 + month } else { 0 },
            day: if kind == Kind::Day { (year * 12 + month) * 31 + day } else { 0 },
            record: *record,
        };
        (self.emit)(&view, &mut |parts: &[u64]| {
            if parts.iter().all(|part| *part != 0) {
                each(parts.iter().fold(7, |key, part| crate::mix(key ^ part)));
            }
        });
    }
}

type Emit<'a> = &'a mut dyn FnMut(&[u64]);

/// Each given name with each surname.
fn crossed(v: &View, mut each: impl FnMut(u64, u64)) {
    for g in v.given {
        for s in v.surname {
            each(g, s);
        }
    }
}

fn couple(pair: [u64; 2]) -> [u64; 2] {
    if pair[0] <= pair[1] { pair } else { [pair[1], pair[0]] }
}

/// The year and, for what is guessed, those beside it.
fn years(v: &View) -> impl Iterator<Item = u64> {
    let around = if v.record.born.kind == Kind::Day { 0 } else { 1 };
    let year = v.year;
    (year.saturating_sub(around)..=year + around).filter(move |_| year != 0)
}

pub(super) const PASSES: &[Pass] = &[
    Pass { name: "phone", emit: |v: &View, e: Emit| e(&[2, v.record.phone]) },
    Pass { name: "day, a given name", emit: |v, e| v.given.iter().for_each(|g| e(&[3, v.day, *g])) },
    Pass { name: "day, a surname", emit: |v, e| v.surname.iter().for_each(|s| e(&[4, v.day, *s])) },
    Pass { name: "day", emit: |v, e| e(&[5, v.day]) },
    Pass {
        name: "given name, surname, year",
        emit: |v, e| years(v).for_each(|y| crossed(v, |g, s| e(&[6, g, s, y]))),
    },
    Pass {
        name: "given name, surname, place",
        emit: |v, e| crossed(v, |g, s| e(&[7, g, s, v.record.place.into()])),
    },
    Pass {
        name: "first name, both surnames",
        emit: |v, e| {
            let [s, t] = couple(v.surname);
            v.given.iter().for_each(|g| e(&[8, *g, s, t]));
        },
    },
    Pass {
        name: "both given names, a surname",
        emit: |v, e| {
            let [g, h] = couple(v.given);
            v.surname.iter().for_each(|s| e(&[9, g, h, *s]));
        },
    },
    Pass { name: "given name, surname, mother", emit: |v, e| crossed(v, |g, s| e(&[10, g, s, v.mother])) },
    Pass { name: "given name, surname", emit: |v, e| crossed(v, |g, s| e(&[11, g, s])) },
    Pass {
        name: "both given names, year",
        emit: |v, e| {
            let [g, h] = couple(v.given);
            years(v).for_each(|y| e(&[12, g, h, y]));
        },
    },
    Pass {
        name: "both given names, place",
        emit: |v, e| {
            let [g, h] = couple(v.given);
            e(&[13, g, h, v.record.place.into()]);
        },
    },
    Pass {
        name: "given name, year, place",
        emit: |v, e| {
            years(v).for_each(|y| v.given.iter().for_each(|g| e(&[14, *g, y, v.record.place.into()])));
        },
    },
    Pass {
        name: "both surnames, year",
        emit: |v, e| {
            let [s, t] = couple(v.surname);
            years(v).for_each(|y| e(&[15, s, t, y]));
        },
    },
    Pass {
        name: "surname, year, place",
        emit: |v, e| {
            years(v).for_each(|y| v.surname.iter().for_each(|s| e(&[16, *s, y, v.record.place.into()])));
        },
    },
    Pass {
        name: "mother, given name",
        emit: |v, e| {
            v.given.iter().for_each(|g| e(&[17, *g, v.mother, v.mothers_surname]));
        },
    },
    Pass {
        name: "mother, surname, year",
        emit: |v, e| {
            years(v).for_each(|y| v.surname.iter().for_each(|s| e(&[18, *s, v.mother, y])));
        },
    },
    Pass {
        name: "month, place, sex",
        emit: |v, e| e(&[19, v.month, v.record.place.into(), v.record.sex.into()]),
    },
    Pass {
        name: "other texts",
        emit: |v, e| {
            let [a, b, c] = [0, 1, 2].map(|n| u64::from(v.record.words[slot::OTHER + n]));
            e(&[21, a, b]);
            e(&[22, a, c]);
            e(&[23, b, v.given[0]]);
        },
    },
    // The last: what only it brings teaches nothing (see `learn`).
    Pass { name: "document", emit: |v: &View, e: Emit| e(&[1, v.record.document]) },
];
