//! Samples, and what is read from a figure.

use ceiba_disclosure::{Cell, Counts, DisclosureError, Margins, Threshold, median_days, release};
use ceiba_paper::{
    Area, Bar, Dot, Due, Figure, Loss, Pair, Series, bars_horizontal, bars_stacked, days, dot_interval, line,
    map, matrix, paired_dots,
};
use quick_xml::Reader;
use quick_xml::events::Event;

pub fn figure(id: &str) -> Figure {
    Figure {
        id: id.to_owned(),
        title: "De 60 referidas, 40 fueron aceptadas".to_owned(),
        topic: String::new(),
        description: "Barras por paso, de la referencia al servicio".to_owned(),
        definition: "Personas distintas por paso.".to_owned(),
        as_of: "Datos al 30 de junio de 2026".to_owned(),
        hidden_text: "menos de 5 u oculto".to_owned(),
        empty_text: "Todavía no hay datos".to_owned(),
        table_label: "Ver los números".to_owned(),
        headings: ["Paso", "Personas", "Pérdidas", "Hasta"].map(str::to_owned).to_vec(),
        decimal: '.',
    }
}

/// Numbers through the gate, one column for each row of `numbers`.
pub fn cells(numbers: &[Vec<u64>]) -> Result<Vec<Vec<Cell>>, DisclosureError> {
    let rows = (0..numbers.len()).map(|n| n.to_string());
    let columns = (0..numbers.first().map_or(0, Vec::len)).map(|n| n.to_string());
    let counts = Counts::new(rows, columns, numbers.to_vec())?;
    Ok(release(&counts, Margins::None, Threshold::DEFAULT).cells().to_vec())
}

pub fn months(count: usize) -> Vec<String> {
    let names = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
    (0..count).map(|n| format!("{} {}", names[n % 12], 2025 + n / 12)).collect()
}

pub fn series(numbers: &[Vec<u64>]) -> Result<Vec<Series>, DisclosureError> {
    let labels = ["Albergue", "Clínica", "Atención psicológica", "Asesoría legal"];
    let cells = cells(numbers)?.into_iter().zip(labels.into_iter().cycle());
    Ok(cells.map(|(values, label)| Series { label: label.to_owned(), values }).collect())
}

pub fn bars(numbers: &[u64]) -> Result<Vec<Bar>, DisclosureError> {
    let labels =
        ["Referidas por todas las instituciones de la ruta", "Aceptadas", "Con servicio", "Completadas"];
    let cells = cells(&[numbers.to_vec()])?.into_iter().flatten();
    let bar = |(value, label): (Cell, &str)| Bar {
        label: label.to_owned(),
        value,
        losses: vec![Loss { label: "sin cupo en el albergue".to_owned(), value }],
    };
    Ok(cells.zip(labels.into_iter().cycle()).map(bar).collect())
}

pub fn dots(people: &[u32]) -> Vec<Dot> {
    let dot = |people: &u32| {
        let days: Vec<(u32, u32)> = (0..*people).map(|n| (n, n * 3)).collect();
        let safe = median_days(&days, Threshold::DEFAULT);
        Dot { label: "Mixco".to_owned(), value: safe.median(), low: safe.lower(), high: safe.upper() }
    };
    people.iter().map(dot).collect()
}

/// One of each kind, from the same numbers (four rows of as many months), of a size that pages use.
pub fn all(numbers: &[Vec<u64>]) -> Result<Vec<String>, DisclosureError> {
    let months = months(numbers.first().map_or(0, Vec::len));
    let series = series(numbers)?;
    let rows: Vec<String> = series.iter().map(|one| one.label.clone()).collect();
    let first: Vec<u64> = numbers.iter().filter_map(|row| row.first().copied()).collect();
    Ok([
        bars_horizontal(&figure("a"), &bars(&first)?),
        bars_stacked(&figure("b"), &months, &series),
        line(&figure("c"), &months, &series[0], series.get(1)),
        matrix(&figure("d"), &rows, &months, &cells(numbers)?),
        dot_interval(&figure("e"), &dots(&[30, 6, 4])),
        map(&figure("f"), &areas(&first)?, 300.0),
        paired_dots(&figure("g"), &pairs(&[30, 6, 4]), 100.0),
        days(&figure("h"), &due(), 60, &[(0, "hoy".to_owned()), (60, "después".to_owned())]),
    ]
    .map(|markup| markup.into_string())
    .to_vec())
}

fn areas(numbers: &[u64]) -> Result<Vec<Area>, DisclosureError> {
    let cells = cells(&[numbers.to_vec()])?.into_iter().flatten();
    let area = |(n, value): (usize, Cell)| Area {
        label: format!("Departamento {}", ["uno", "dos", "tres", "otro"][n % 4]),
        path: format!("M{} 0l40 0l0 40l-40 0z", n * 40),
        middle: (n as f64 * 40.0 + 20.0, 20.0),
        value: Some(value),
    };
    Ok(cells.enumerate().map(area).collect())
}

fn pairs(people: &[u32]) -> Vec<Pair> {
    let of = |dot: Dot| Pair { label: dot.label, before: dot.low, after: dot.value };
    dots(people).into_iter().map(of).collect()
}

fn due() -> Vec<Due> {
    vec![Due { label: "Audiencia".to_owned(), days: vec![(0, 1), (12, 3), (900, 40)] }]
}

/// What stands in a figure: every text with whether it is inside the drawing, and all ids.
pub struct Read {
    pub drawn: Vec<String>,
    pub written: Vec<String>,
    pub ids: Vec<String>,
}

/// Reads a figure as XML; an error when it is not well formed.
pub fn read(markup: &str) -> Result<Read, quick_xml::Error> {
    let mut reader = Reader::from_str(markup);
    reader.config_mut().check_comments = true;
    let mut read = Read { drawn: Vec::new(), written: Vec::new(), ids: Vec::new() };
    let (mut open, mut depth, mut drawing) = (0usize, 0usize, false);
    loop {
        match reader.read_event()? {
            Event::Start(start) => {
                depth += 1;
                if start.name().as_ref() == "svg" {
                    (drawing, open) = (true, depth);
                }
                for attribute in start.attributes() {
                    let attribute = attribute?;
                    if attribute.key.as_ref() == "id" {
                        read.ids.push(attribute.value.to_string());
                    }
                }
            }
            Event::End(_) => {
                drawing &= depth != open;
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) => {
                let text = text.to_string();
                if drawing { read.drawn.push(text) } else { read.written.push(text) }
            }
            Event::Eof => {
                assert_eq!(depth, 0, "everything is closed");
                return Ok(read);
            }
            _ => {}
        }
    }
}
