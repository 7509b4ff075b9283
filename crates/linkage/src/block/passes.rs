//! What two records must share to be looked at. The finest first; any of them is enough.

use super::keys::Keys;
use crate::record::born::{Born, Kind};
use crate::record::coded::{Coded, Told, slot};
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

    fn of(&self, record: &Coded, at: usize) -> u32 {
        self.0[record.words[at] as usize]
    }
}

/// One way of finding pairs.
pub(super) struct Pass {
    pub(super) name: &'static str,
    emit: fn(&View, &Coded, &mut Keys),
}

/// A record as passes see it, in names rather than words; zero is missing.
pub(super) struct View {
    given: [u32; 2],
    surname: [u32; 2],
    mother: u32,
    mothers_surname: u32,
    year: u32,
    day: u32,
    month: u32,
    place: u16,
    sex: u8,
    /// Whether the year is a guess.
    guessed: bool,
}

impl View {
    pub(super) fn of(record: &Coded, names: &Names) -> Self {
        let at = |slot| names.of(record, slot);
        let Told { born: Born { year, month, day, kind }, sex, .. } = record.told();
        let (year, month, day) = (year as u32, u32::from(month), u32::from(day));
        Self {
            given: [at(slot::GIVEN1), at(slot::GIVEN2)],
            surname: [at(slot::SURNAME1), at(slot::SURNAME2)],
            mother: at(slot::MOTHER),
            mothers_surname: at(slot::MOTHER_SURNAME2),
            year,
            month: if kind >= Kind::Month { year * 12 + month } else { 0 },
            day: if kind == Kind::Day { (year * 12 + month) * 31 + day } else { 0 },
            place: record.place,
            sex,
            guessed: kind != Kind::Day,
        }
    }

    fn given(&self) -> [u64; 2] {
        self.given.map(u64::from)
    }
    fn surname(&self) -> [u64; 2] {
        self.surname.map(u64::from)
    }
    fn mother(&self) -> u64 {
        self.mother.into()
    }
    fn day(&self) -> u64 {
        self.day.into()
    }
    fn place(&self) -> u64 {
        self.place.into()
    }
}

impl Pass {
    /// Collects the keys of all records.
    pub(super) fn keys(&self, records: &[Coded], views: &[View], keys: &mut Keys) {
        keys.clear();
        for (n, (record, view)) in records.iter().zip(views).enumerate() {
            keys.of(n);
            (self.emit)(view, record, keys);
        }
    }
}

/// Each given name with each surname.
fn crossed(v: &View, mut each: impl FnMut(u64, u64)) {
    for g in v.given() {
        for s in v.surname() {
            each(g, s);
        }
    }
}

fn couple(pair: [u64; 2]) -> [u64; 2] {
    if pair[0] <= pair[1] { pair } else { [pair[1], pair[0]] }
}

/// The year and, for what is guessed, those beside it.
fn years(v: &View) -> impl Iterator<Item = u64> {
    let (year, around) = (u64::from(v.year), u64::from(v.guessed));
    (year.saturating_sub(around)..=year + around).filter(move |_| year != 0)
}

pub(super) const PASSES: &[Pass] = &[
    Pass { name: "phone", emit: |_, r, k| k.push([2, r.phone.into()]) },
    Pass {
        name: "day, a given name",
        emit: |v, _, k| v.given().iter().for_each(|g| k.push([3, v.day(), *g])),
    },
    Pass {
        name: "day, a surname",
        emit: |v, _, k| v.surname().iter().for_each(|s| k.push([4, v.day(), *s])),
    },
    Pass { name: "day", emit: |v, _, k| k.push([5, v.day()]) },
    Pass {
        name: "given name, surname, year",
        emit: |v, _, k| years(v).for_each(|y| crossed(v, |g, s| k.push([6, g, s, y]))),
    },
    Pass {
        name: "given name, surname, place",
        emit: |v, _, k| crossed(v, |g, s| k.push([7, g, s, v.place()])),
    },
    Pass {
        name: "first name, both surnames",
        emit: |v, _, k| {
            let [s, t] = couple(v.surname());
            v.given().iter().for_each(|g| k.push([8, *g, s, t]));
        },
    },
    Pass {
        name: "both given names, a surname",
        emit: |v, _, k| {
            let [g, h] = couple(v.given());
            v.surname().iter().for_each(|s| k.push([9, g, h, *s]));
        },
    },
    Pass {
        name: "given name, surname, mother",
        emit: |v, _, k| crossed(v, |g, s| k.push([10, g, s, v.mother()])),
    },
    Pass { name: "given name, surname", emit: |v, _, k| crossed(v, |g, s| k.push([11, g, s])) },
    Pass {
        name: "both given names, year",
        emit: |v, _, k| {
            let [g, h] = couple(v.given());
            years(v).for_each(|y| k.push([12, g, h, y]));
        },
    },
    Pass {
        name: "both given names, place",
        emit: |v, _, k| {
            let [g, h] = couple(v.given());
            k.push([13, g, h, v.place()]);
        },
    },
    Pass {
        name: "given name, year, place",
        emit: |v, _, k| {
            years(v).for_each(|y| v.given().iter().for_each(|g| k.push([14, *g, y, v.place()])));
        },
    },
    Pass {
        name: "both surnames, year",
        emit: |v, _, k| {
            let [s, t] = couple(v.surname());
            years(v).for_each(|y| k.push([15, s, t, y]));
        },
    },
    Pass {
        name: "surname, year, place",
        emit: |v, _, k| {
            years(v).for_each(|y| v.surname().iter().for_each(|s| k.push([16, *s, y, v.place()])));
        },
    },
    Pass {
        name: "mother, given name",
        emit: |v, _, k| {
            v.given().iter().for_each(|g| k.push([17, *g, v.mother(), v.mothers_surname.into()]));
        },
    },
    Pass {
        name: "mother, surname, year",
        emit: |v, _, k| {
            years(v).for_each(|y| v.surname().iter().for_each(|s| k.push([18, *s, v.mother(), y])));
        },
    },
    Pass { name: "month, place, sex", emit: |v, _, k| k.push([19, v.month.into(), v.place(), v.sex.into()]) },
    Pass {
        name: "other texts",
        emit: |v, r, k| {
            let [a, b, c] = [0, 1, 2].map(|n| u64::from(r.words[slot::OTHER + n]));
            k.push([21, a, b]);
            k.push([22, a, c]);
            k.push([23, b, v.given()[0]]);
        },
    },
    // The last: what only it brings teaches nothing (see `learn`).
    Pass { name: "document", emit: |_, r, k| k.push([1, r.document]) },
];
