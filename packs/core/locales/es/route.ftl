access-act-route-print = imprimió la ruta de un caso
access-section-ruta = Ruta
entry-route_step = Paso de la ruta
figure-lower = Una cuarta parte tardó menos de
figure-median = La mitad tardó menos de
figure-route-row = Días por paso
figure-route-row-about = De lo que dio inicio a un paso a su cumplimiento, por paso de la ruta.
figure-route-row-rule = Mediana de días entre el inicio y el cumplimiento que una persona anotó, de los pasos que se cumplieron en estas fechas. Con menos de cinco personas no se muestra; los cuartos, con menos de veinte.
figure-route-who = Días por institución
figure-route-who-about = De lo que dio inicio a un paso a su cumplimiento, por institución responsable.
figure-route-who-rule = Mediana de días entre el inicio y el cumplimiento que una persona anotó, de los pasos que se cumplieron en estas fechas. Un paso de dos instituciones cuenta en las dos. Con menos de cinco personas no se muestra; los cuartos, con menos de veinte.
figure-upper = Una cuarta parte tardó más de
problem-route-moves-nothing = Ese paso no cambia el reloj: ya estaba así, o no había empezado. Revise la fila y lo que pasó.
route-basis = Base
route-calendars = Días que cuentan
route-col-basis = Base
route-col-code = Fila
route-col-status = Firma
route-col-task = Qué hace
route-col-timing = Plazo
route-col-when = Cuándo
route-col-whose = De quién es
route-data-text = Sirve para conversar con las instituciones, no para señalar a nadie. Solo cuenta lo que se anotó en los casos.
route-data-title = La ruta en días
route-data-window = La ruta en días
route-data-what = Qué muestra
route-ended =
    {$n ->
        [one] Terminado: uno
       *[other] Terminados: {$n}
    }
route-filter = Mostrar
route-goes-on = Sigue corriendo
route-institution = Qué institución lo hizo
route-it-began = Anotar que empezó
route-low = Aun esto es dudoso.
route-may-apply = Otros pasos que pueden tocar
route-move-pause = Quedó en pausa
route-move-restart = Siguió corriendo
route-move-start = Empezó
route-move-stop = Se cumplió
route-none = Ningún reloj corre ahora.
route-not-law = No es asesoría legal. Lo que dice «sin verificar» no lo ha firmado una persona abogada: pregunte antes de usarlo como ley.
route-note = Anotar un paso
route-noted =
    {$n ->
        [one] Paso anotado: uno
       *[other] Pasos anotados: {$n}
    }
route-noted-by = lo anotó {$who}
route-on = Qué día pasó
route-over = El plazo ya pasó; eso no señala a nadie. Pregunte en qué está y anote lo que sepa.
route-paused = en pausa desde {$day}
route-population = Para quién
route-population-adult = Personas adultas
route-population-child = Niñas, niños y adolescentes
route-population-foreign = Personas de otro país
route-print = Versión para imprimir
route-print-how = Imprima esta hoja desde el navegador. Lleva el código y ningún nombre.
route-print-title = Ruta del caso
route-print-window = Ruta para imprimir
route-remark = Algo que conviene saber
route-remark-hint = Sin contar lo que le pasó: solo el trámite.
route-rests-general = Es conocimiento general.
route-rests-known = Se conoce el documento; su texto no se leyó.
route-rests-read = Se leyó el texto o un relato oficial.
route-row = De qué paso se trata
route-send = Guardar el paso
route-set = Para qué día quedó
route-set-hint = Solo si se señaló una audiencia o un acto. Si no, déjelo vacío.
route-set-for = para el {$day}
route-sheet-country = La ruta del país
route-sheet-own = Los plazos del programa
route-signed = Verificado por {$by}, {$on}
route-since = Desde
route-span-after = de {$from} a {$to}, después del plazo
route-span-done = de {$from} a {$to}
route-span-ended = de {$from} a {$to}, ya no hacía falta
route-span-within = de {$from} a {$to}, dentro del plazo
route-stands-still = Quedó en pausa
route-state-draft = borrador, nadie lo ha firmado
route-state-published = en vigor
route-state-retired = retirado
route-state-signed = firmado, aún no en vigor
route-table-text = Quién debe hacer qué, y en qué plazo.
route-table-title = La ruta
route-table-window = La ruta
route-take-back = Se anotó por error
route-text = Los relojes informan: no avisan a nadie ni deciden. Casi siempre el plazo es de una institución.
route-time = A qué hora
route-time-hint = Por ejemplo 14:30. Si no se sabe, déjela vacía: cuenta todo el día.
route-timing-again = cada {$term}
route-timing-ahead = {$term} antes
route-timing-always = siempre
route-timing-at-once = de inmediato
route-timing-before = antes del acto
route-timing-each-act = en cada acto
route-timing-unknown = no se conoce el plazo
route-today = Plazos de la ruta
route-unit-business =
    {$n ->
        [one] un día hábil
       *[other] {$n} días hábiles
    }
route-unit-days =
    {$n ->
        [0] el mismo día
        [one] un día
       *[other] {$n} días
    }
route-unit-hours =
    {$n ->
        [one] una hora
       *[other] {$n} horas
    }
route-unit-months =
    {$n ->
        [one] un mes
       *[other] {$n} meses
    }
route-unit-opening =
    {$n ->
        [one] la primera hora hábil del día siguiente
       *[other] la primera hora del día hábil {$n}
    }
route-unsigned = sin verificar
route-until = hasta {$when}
route-until-end = hasta el final del {$when}
route-was-done = Se cumplió
route-what = Qué pasó
route-whole = Ver toda la ruta
route-whose = De quién es
route-why = Por qué corre
section-route = Ruta
state-route_step-mistake = anotado por error
state-route_step-noted = anotado
