//! Plainly invented names. No list of real people was used.

use ceiba_store::Chance;

/// Chosen names: things that grow, shine or fly.
const CHOSEN: [&str; 48] = [
    "Luz",
    "Alba",
    "Nube",
    "Brisa",
    "Jade",
    "Aurora",
    "Marea",
    "Estrella",
    "Violeta",
    "Perla",
    "Lluvia",
    "Flor",
    "Gaviota",
    "Ceniza",
    "Canela",
    "Coral",
    "Celeste",
    "Amapola",
    "Golondrina",
    "Almendra",
    "K'in",
    "B'alam",
    "Ix Chel",
    "Q'anil",
    "Rocío",
    "Sol",
    "Trigo",
    "Turquesa",
    "Yerba",
    "Zafiro",
    "Ámbar",
    "Cielo",
    "Duna",
    "Espiga",
    "Hiedra",
    "Laguna",
    "Luna",
    "Malva",
    "Mirra",
    "Orquídea",
    "Paloma",
    "Quetzalí",
    "Salvia",
    "Sauce",
    "Tz'ikin",
    "Vereda",
    "Viento",
    "Ocarina",
];
const GIVEN: [&str; 12] = [
    "Ejemplita",
    "Fabulina",
    "Inventina",
    "Imaginaria",
    "Cuentina",
    "Ficcina",
    "Novelia",
    "Leyendina",
    "Muestra",
    "Fantasía",
    "Quimérica",
    "Utópica",
];
const SURNAMES: [&str; 16] = [
    "De la Prueba",
    "Ejemplo",
    "Fábula",
    "Invento",
    "Cuento",
    "Ficticio",
    "Nadie",
    "Noexiste",
    "D'Ejemplo",
    "Q'uento",
    "Tz'ejemplo",
    "Papel",
    "Tinta",
    "Novela",
    "Leyenda",
    "Muestrario",
];

fn pick(chance: &Chance, list: &[&'static str]) -> &'static str {
    list[chance.below(u32::try_from(list.len()).unwrap_or(1)) as usize]
}

/// A chosen name.
pub fn chosen(chance: &Chance) -> String {
    pick(chance, &CHOSEN).to_owned()
}

/// Given names and surnames on paper.
pub fn paper(chance: &Chance) -> (String, String) {
    let given = format!("{} {}", pick(chance, &GIVEN), pick(chance, &GIVEN));
    (given, format!("{} {}", pick(chance, &SURNAMES), pick(chance, &SURNAMES)))
}
