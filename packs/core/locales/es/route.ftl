access-act-route-checked = leyó una fila de la ruta
access-act-route-print = imprimió la ruta de un caso
access-act-route-publish = puso en vigor una versión de la ruta
access-act-route-retire = retiró una versión de la ruta
access-act-route-sign = firmó una versión de la ruta
access-act-route-unchecked = quitó su lectura de una fila de la ruta
access-section-ruta = Ruta
entry-route_step = Paso de la ruta
figure-lower = Una cuarta parte tardó menos de
figure-median = La mitad tardó menos de
figure-route-institution = Días por institución que cumplió
figure-route-institution-about = De lo que dio inicio a un paso a su cumplimiento, por la institución que lo cumplió, cuando se anotó cuál fue.
figure-route-institution-rule = Mediana de días entre el inicio y el cumplimiento que una persona anotó, de los pasos que se cumplieron en estas fechas. Con menos de cinco personas no se muestra; los cuartos, con menos de veinte.
figure-route-row = Días por paso
figure-route-row-about = De lo que dio inicio a un paso a su cumplimiento, por paso de la ruta.
figure-route-row-rule = Mediana de días entre el inicio y el cumplimiento que una persona anotó, de los pasos que se cumplieron en estas fechas. Con menos de cinco personas no se muestra; los cuartos, con menos de veinte.
figure-route-who = Días según de quién es el paso
figure-route-who-about = De lo que dio inicio a un paso a su cumplimiento, por institución responsable.
figure-route-who-rule = Mediana de días entre el inicio y el cumplimiento que una persona anotó, de los pasos que se cumplieron en estas fechas. Un paso de dos instituciones cuenta en las dos. Con menos de cinco personas no se muestra; los cuartos, con menos de veinte.
figure-upper = Una cuarta parte tardó más de
problem-route-moves-nothing = Ese paso no cambia el reloj: ya estaba así, o no había empezado. Revise la fila y lo que pasó.
problem-route-signer = Escriba su nombre y su número de colegiada o colegiado.
route-basis = Base
route-calendar = Qué días cuentan
route-calendar-after =
    {$n ->
        [0] el domingo de Pascua
        [one] un día después del domingo de Pascua
       *[other] {$n} días después del domingo de Pascua
    }
route-calendar-all = Cuentan todos los días de la semana.
route-calendar-before =
    {$n ->
        [one] un día antes del domingo de Pascua
       *[other] {$n} días antes del domingo de Pascua
    }
route-calendar-opens = El día empieza a las {$hour} horas.
route-calendar-weekend = No cuentan sábado ni domingo.
route-calendars = Días que cuentan
route-col-basis = Base
route-col-code = Fila
route-col-status = Firma
route-col-task = Qué hace
route-col-timing = Plazo
route-col-when = Cuándo
route-col-whose = De quién es
route-data-gone = Institución que ya no está en el directorio
route-data-text = Sirve para conversar con las instituciones, no para señalar a nadie. Solo cuenta lo que se anotó en los casos.
route-data-title = La ruta en días
route-data-what = Qué muestra
route-data-window = La ruta en días
route-decided-published = La puso en vigor
route-decided-retired = La retiró
route-ended =
    {$n ->
        [one] Terminado: uno
       *[other] Terminados: {$n}
    }
route-filter = Mostrar
route-goes-on = Sigue corriendo
route-golden = Casos de prueba
route-golden-due = Vence
route-golden-no = no sale
route-golden-ok = sale bien
route-golden-right =
    {$n ->
        [one] El único caso sale bien
       *[other] Los {$n} casos salen bien
    }
route-golden-text = Son fechas que se pueden revisar en papel. Si una no sale, nadie puede firmar ni poner en vigor esta versión.
route-golden-wrong =
    {$n ->
        [one] Un caso no sale
       *[other] {$n} casos no salen
    }
route-institution = Qué institución lo hizo
route-it-began = Anotar que empezó
route-line-read = la leyó
route-lines = Lo que se lee, fila por fila
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
route-population-any = Todas las personas
route-population-child = Niñas, niños y adolescentes
route-population-foreign = Personas de otro país
route-print = Versión para imprimir
route-print-how = Imprima esta hoja desde el navegador. Lleva el código y ningún nombre.
route-print-title = Ruta del caso
route-print-window = Ruta para imprimir
route-publish = Poner en vigor
route-read-count = Ha leído {$n} de {$of}.
route-read-next = Leer la siguiente
route-read-right = La leí y está bien
route-read-text = Compárela con la ley y con los casos de prueba. Si algo no está bien, no la marque: avise a quien cuida el programa para que se corrija.
route-read-title = Su lectura
route-read-undo = Quitar mi lectura
route-remark = Algo que conviene saber
route-remark-hint = Sin contar lo que le pasó: solo el trámite.
route-rests = En qué descansa
route-rests-general = Es conocimiento general.
route-rests-known = Se conoce el documento; su texto no se leyó.
route-rests-read = Se leyó el texto o un relato oficial.
route-retire = Retirar
route-retire-text = Al retirarla, sus filas vuelven a decir que nadie las ha verificado. Ningún reloj se detiene.
route-row = De qué paso se trata
route-send = Guardar el paso
route-set = Para qué día quedó
route-set-for = para el {$day}
route-set-hint = Solo si se señaló una audiencia o un acto. Si no, déjelo vacío.
route-sheet-country = La ruta del país
route-sheet-own = Los plazos del programa
route-sign = Firmar esta versión
route-sign-link = Leer y firmar
route-sign-send = Firmar
route-sign-text = Una persona abogada lee cada fila y firma. Otra persona la pone en vigor. Si el texto cambia después, lo que cambió se lee y se firma de nuevo.
route-sign-window = Firma de la ruta
route-signed = Verificado por {$by}, {$on}
route-signer = Su nombre y número de colegiada o colegiado
route-signer-hint = Así saldrá en las pantallas y en el papel.
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
route-summary = Relojes de la ruta
route-summary-all =
    {$n ->
        [one] Ver el reloj
       *[other] Ver los {$n} relojes
    }
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
route-version = Versión firmada el {$on}
route-was-done = Se cumplió
route-what = Qué pasó
route-whole = Ver toda la ruta
route-whose = De quién es
route-why = Por qué corre
section-route = Ruta
state-route-golden = Un caso de prueba no sale. Así no se puede firmar ni poner en vigor.
state-route-other-publishes = Usted la firmó. Otra persona la pone en vigor.
state-route-other-text = Se firmó otro texto. El que está ahora en el programa se lee y se firma de nuevo.
state-route-signed = Esta versión ya está firmada.
state-route-unread = Todavía hay filas sin leer. Léalas todas antes de firmar.
state-route_step-mistake = anotado por error
state-route_step-noted = anotado
