# Palabras de las piezas que se repiten en muchas páginas.
parts-off = (no disponible)
parts-done = Hecho
parts-to-do = Por hacer
parts-saved = Guardado
parts-info = Para saber
parts-warning = Antes de seguir
parts-safety = Seguridad
parts-danger-now = Peligro ahora
parts-safety-plan = Plan de seguridad
parts-reviewed = Revisado el { $day }
parts-safety-default = Sin revisión todavía: valen las precauciones de siempre.
parts-sort-by = Ordenar por
parts-ask = Pedir a { $owner }
parts-earlier =
    { $n ->
        [one] Antes del ingreso: { $n } registro
       *[other] Antes del ingreso: { $n } registros
    }
parts-earlier-warning = Puede contener relatos difíciles. Léalo solo si lo necesita para su trabajo.
parts-corrected-by = Corregida por
parts-goal-much-less = Mucho menos de lo esperado
parts-goal-less = Menos de lo esperado
parts-goal-expected = Lo esperado
parts-goal-more = Más de lo esperado
parts-goal-much-more = Mucho más de lo esperado
parts-goal-unrated = Sin valorar todavía
parts-progress = { $n } de { $of }
parts-pages = Páginas de la lista
parts-page-before = Anterior
parts-page-after = Siguiente
parts-page-of = Página { $n } de { $of }
parts-version-saved = Lo que ya estaba guardado
parts-version-yours = Lo que usted escribió
parts-two-versions = Hay dos versiones: { $label }
parts-two-versions-hint = Elija la que vale. La otra queda en el historial.
