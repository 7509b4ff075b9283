board-after = Después
board-again = Cursos que toca repasar
board-again-due = toca desde el { $day }
board-again-follow = Seguimientos que tocan hoy
board-again-none = Ningún curso toca en los próximos tres meses.
board-again-rule = Esta lista es de hoy y no está en el archivo. Quien volvió a completar el mismo curso ya no cuenta.
board-agenda = Ver la agenda, una por una
board-audience-community = Comunidad
board-audience-official = Instituciones de justicia
board-audience-other = Sin decir
board-before = Antes
board-by-quarter = Por trimestre
board-capacitacion = Capacitación
board-col-figure = Figura
board-col-value = Número
board-csv = Bajar los números (CSV)
board-csvw = Descripción del archivo
board-decide = Espera una decisión suya
board-decide-approve = Aprobar · { $grant } · { $period }
board-decide-closing =
    { $n ->
        [one] Aprobar el cierre de un caso
       *[other] Aprobar el cierre de { $n } casos
    }
board-decide-conduct =
    { $n ->
        [one] Seguir un reporte sobre conducta del personal
       *[other] Seguir { $n } reportes sobre conducta del personal
    }
board-decide-emergency =
    { $n ->
        [one] Revisar un acceso de emergencia
       *[other] Revisar { $n } accesos de emergencia
    }
board-decide-erasure =
    { $n ->
        [one] Decidir sobre un pedido de borrar
       *[other] Decidir sobre { $n } pedidos de borrar
    }
board-decide-explain = Explicar lo que se aleja de la meta y pedir la aprobación · { $grant } · { $period }
board-decide-form =
    { $n ->
        [one] Revisar un formulario que trajo otra persona
       *[other] Revisar { $n } formularios que trajeron otras personas
    }
board-decide-handover =
    { $n ->
        [one] Seguir un cambio de puesto que empezó otra persona
       *[other] Seguir { $n } cambios de puesto que empezaron otras personas
    }
board-decide-leak =
    { $n ->
        [one] Decidir qué se hace por algo que salió de un caso
       *[other] Decidir qué se hace por { $n } veces que algo salió de un caso
    }
board-decide-more =
    { $n ->
        [one] Y una más
       *[other] Y { $n } más
    }
board-decide-none = Nada espera una decisión suya.
board-decide-off =
    { $n ->
        [one] Ver una cifra que se aleja de su meta en el último informe
       *[other] Ver { $n } cifras que se alejan de su meta en el último informe
    }
board-decide-open = Abrir, porque ya terminó · { $grant } · { $period }
board-decide-page =
    { $n ->
        [one] Decidir si una ficha se publica
       *[other] Decidir si { $n } fichas se publican
    }
board-decide-release =
    { $n ->
        [one] Decidir si unos números salen del programa
       *[other] Decidir sobre { $n } pedidos de números para fuera del programa
    }
board-decide-rule = Es una lista de cosas por hacer, según lo que usted puede decidir. No es una cifra del programa y no se baja con los números.
board-decide-support =
    { $n ->
        [one] Decidir sobre un gasto de apoyo
       *[other] Decidir sobre { $n } gastos de apoyo
    }
board-due-court_report = Informes que espera un juzgado u otra institución
board-due-hearing = Audiencias
board-due-measure = Medidas de protección que vencen: pedir que se revisen
board-due-one-court_report = Informe sin entregar
board-due-one-hearing = Audiencia: anotar cómo terminó
board-due-one-measure = Medida de protección que venció
board-fewer = menos que antes, y no por azar
board-fig-alerts-map = De donde llegan más avisos: { $what } ({ $n }).
board-fig-alike =
    { $topic ->
        [none] Los { $k } números más altos se parecen; el primero: «{ $first }» ({ $n }).
       *[other] { $topic }: los { $k } números más altos se parecen; el primero: «{ $first }» ({ $n }).
    }
board-fig-answers = De { $of } avisos contestados, { $n } se contestaron a tiempo.
board-fig-answers-only = A tiempo se contestaron { $n }; cuántos más tarde no se muestra por completo.
board-fig-answers-some = A tiempo se contestaron al menos { $n }; otros números están ocultos.
board-fig-cascade = Donde más referencias se quedan: { $what } ({ $n }).
board-fig-cascade-none = No hay referencias que se hayan quedado en el camino.
board-fig-cascade-origins = Más referencias hubo para quienes llegaron por: { $what } ({ $n }).
board-fig-equal =
    { $topic ->
        [none] Igual en «{ $first }» y «{ $second }»: { $n }.
       *[other] { $topic }: igual en «{ $first }» y «{ $second }» ({ $n }).
    }
board-fig-fall = Bajan, y no por azar: { $what }.
board-fig-follow-ups-due = Donde más personas esperan seguimiento: { $what } ({ $n }).
board-fig-goals = Donde más personas lograron su meta: { $what } ({ $n }).
board-fig-goals-now-least = Hoy están en lo esperado o más al menos { $n } metas; otros números están ocultos.
board-fig-hidden = Los números son tan pequeños que no se muestran.
board-fig-indicators = { $met } de { $of } metas que muestran su número ya se alcanzaron.
board-fig-nights = En los últimos tres meses se usaron { $n } de { $of } noches con lugar.
board-fig-nights-only = En los últimos tres meses fueron { $n } noches.
board-fig-nought = En este período no hubo.
board-fig-nought-last = En el último mes no hubo.
board-fig-origin-map = De donde viene más gente: { $what } ({ $n }).
board-fig-outcomes = Donde más personas están mejor que la primera vez: { $what } ({ $n }).
board-fig-part = Metas alcanzadas: { $met } de { $of }
board-fig-part-none =
    { $n ->
        [one] 1 cifra
       *[other] { $n } cifras
    }
board-fig-recruited-map = Donde captaron a más personas: { $what } ({ $n }).
board-fig-refreshers-due = Donde más personas tienen que repasar: { $what } ({ $n }).
board-fig-refused = A quienes más faltó lugar: { $what } ({ $n }).
board-fig-refused-why = Lo que más impidió recibir: { $what } ({ $n }).
board-fig-rise = Suben, y no por azar: { $what }.
board-fig-same =
    { $topic ->
        [none] «{ $first }» ({ $n }) y «{ $second }» ({ $m }): la diferencia puede ser azar.
       *[other] { $topic }: «{ $first }» ({ $n }) y «{ $second }» ({ $m }); la diferencia puede ser azar.
    }
board-fig-served-map = Donde más personas se atienden: { $what } ({ $n }).
board-fig-services-months = En el último mes, lo que recibieron más personas: { $what } ({ $n }).
board-fig-sessions = { $after } sesiones en los últimos tres meses, { $before } en los tres anteriores: { $change }.
board-fig-sessions-only = { $after } sesiones en los últimos tres meses.
board-fig-steady = No se ve diferencia con el trimestre anterior en ninguna fila.
board-fig-trained = De donde más personas terminaron un curso: { $what } ({ $n }).
board-fig-trained-sex = Quienes más terminaron un curso: { $what } ({ $n }).
board-goals-then = Al inicio
board-goals-today = Hoy
board-goals-when = Cuándo
board-indicadores = Indicadores del proyecto
board-late = Ya pasó su plazo
board-late-more =
    { $n ->
        [one] Y uno más, en los casos que usted puede abrir.
       *[other] Y { $n } más, en los casos que usted puede abrir.
    }
board-line = { $what }: ocho trimestres; el último { $last }, el anterior { $before }
board-lost = No siguieron
board-lost-rule = Debajo de un paso, con «−»: las que no siguieron, y cómo. Las retiradas están bajo «enviada», aunque hayan llegado más lejos. El motivo que se escribió queda en cada expediente.
board-map-credit = Contornos aproximados: Natural Earth. Códigos: INE.
board-metas = Avances en las metas
board-more = más que antes, y no por azar
board-no-change = sin cambio que se pueda afirmar
board-not-known = no se puede comparar
board-notes = Qué puede significar
board-notes-none = Nadie ha escrito todavía sobre estas tendencias.
board-notes-rule = Cada nota lleva su fecha y quién la escribió, y queda en la bitácora del programa. Sin nombres ni códigos de casos.
board-notes-write = Escribir qué puede significar
board-now-accepted = Horas hasta que se acepta una referencia
board-now-change = Frente al mes anterior: { $change }
board-now-housed = Personas que durmieron en una casa
board-now-reviewed = Planes revisados a tiempo
board-now-rule = El número grande es del último mes completo. La línea son doce meses; donde se corta, el número está oculto o no hubo.
board-now-served = Personas atendidas
board-ocupacion = Ocupación y espera
board-of-target = De la meta
board-origin = Quién la refirió con el programa
board-origin-all = Todas por quién refirió
board-origin-any = Todas
board-origin-unknown = Sin dato
board-places = noches que se podían usar
board-places-rule = La línea suma las camas de cada noche contada en las casas que se muestran. Donde una casa está oculta, el hueco hasta la línea no dice cuántas noches fueron.
board-plazos = Plazos
board-programa = El programa hoy
board-quality = Qué hay detrás
board-quality-brought = En parte, registros de antes
board-quality-explained = Registros del programa; lejos de la meta, con explicación
board-quality-hidden = Oculto o sin dato
board-quality-own = Registros del programa
board-referencias = Cascada de referencias
board-say-deadlines =
    { $n ->
        [one] Hay un plazo en los próximos 60 días, en los casos que usted puede abrir
       *[other] Hay { $n } plazos en los próximos 60 días, en los casos que usted puede abrir
    }; { $week } en los próximos siete días.
board-say-few = En este período no se puede decir un número sin exponer a alguien, o no hubo.
board-say-goals = Donde más personas están mejor que la primera vez: { $area } ({ $n }).
board-say-goals-now = De las metas que se pusieron en este período, { $now } están hoy en lo esperado o más; al inicio eran { $then }.
board-say-goals-same = En { $areas } áreas están mejor que la primera vez igual número de personas, más que en las demás: { $n } en cada una.
board-say-hidden-too = Otros números están ocultos y podrían ser mayores.
board-say-indicators = { $met } de { $of } metas de todo el proyecto ya se alcanzaron, entre las que muestran su número en el último informe congelado.
board-say-indicators-hidden =
    { $n ->
        [one] De otra no se muestra el número.
       *[other] De otras { $n } no se muestra el número.
    }
board-say-late =
    { $n ->
        [one] Uno ya pasó su plazo.
       *[other] Ya pasaron su plazo: { $n }.
    }
board-say-marks = La mediana de la prueba subió en { $up } de { $of } instituciones, de las que muestran las dos.
board-say-no-deadlines = No hay plazos en los próximos 60 días en los casos que usted puede abrir.
board-say-no-report = Todavía no hay un informe congelado.
board-say-occupancy = Se usó el { $share } de las noches con lugar.
board-say-occupancy-few = No se puede decir cuánto se ocuparon las casas sin exponer a alguien, o no hubo.
board-say-programme = En los últimos tres meses completos se atendió a { $n } personas: { $change }.
board-say-referrals = De { $sent } referencias enviadas, { $accepted } se aceptaron.
board-say-referrals-few = { $from }: en este período no se puede decir un número sin exponer a alguien, o no hubo.
board-say-referrals-of = { $from }: de { $sent } referencias enviadas, { $accepted } se aceptaron.
board-say-services = { $n } personas recibieron servicios de { $kinds } tipos.
board-say-sign = Una señal aparece más que en el trimestre anterior, y no por azar: «{ $sign }» ({ $before } → { $after }).
board-say-terms-few = Cuántos plazos se cumplieron en este período no se puede decir sin exponer a alguien, o no hubo.
board-say-terms-plan = De { $of } revisiones de planes, { $n } se hicieron a tiempo.
board-say-terms-plan-only = A tiempo se hicieron { $n } revisiones de planes; cuántas más tarde no se muestra.
board-say-terms-route = De { $of } pasos de la ruta con plazo, { $n } se dieron a tiempo.
board-say-terms-route-only = A tiempo se dieron { $n } pasos de la ruta con plazo; cuántos más tarde no se muestra.
board-say-training = { $n } personas terminaron un curso, cada una contada una vez.
board-say-training-few = Cuántas personas terminaron un curso en este período no se puede decir sin exponer a alguien, o no hubo.
board-say-trends = Avisos en los últimos tres meses completos: { $after }; en los tres anteriores: { $before }: { $change }.
board-say-trends-least = Avisos en los últimos tres meses completos: al menos { $n }; otros números están ocultos.
board-servicios = Servicios entregados
board-spark = { $what }: los últimos doce meses
board-state-about = shown: el número. hidden: menos de 5, o se podría calcular un grupo pequeño, o no hubo.
board-tendencias = Tendencias de los avisos
board-term-plan = Revisión de un plan
board-term-route = Paso de la ruta con plazo
board-territorio = Territorio
board-title = Tablero
board-window = Tablero
figure-alerts-channels = Por dónde llegan los avisos, por trimestre
figure-alerts-channels-rule = Cada aviso una vez, por el medio por el que llegó. Solo trimestres completos.
figure-alerts-map = De qué departamentos llegan los avisos
figure-alerts-map-about = Una barra por departamento, la mayor primero.
figure-alerts-map-rule = Se cuentan avisos, no personas, por el lugar que el aviso dice.
figure-alerts-signs = Señales que traen los avisos, por trimestre
figure-alerts-signs-rule = Se cuentan avisos, no personas; uno con varias señales está en cada una. Solo trimestres completos: ocho, y al lado el último. Una marca está donde el último se aparta del anterior más de lo que haría el azar entre tantas filas. Si todos los números de una señal están ocultos, solo está en la tabla.
figure-deadlines = Plazos de los próximos 60 días
figure-deadlines-about = Una línea por tipo de plazo y un punto por día: más grande, más plazos.
figure-deadlines-rule = Solo de los casos que usted puede abrir. No es una cifra del programa.
figure-marks = La prueba antes y después del curso, por institución
figure-marks-about = Dos puntos por institución: la mediana antes y la mediana después, de 0 a 100.
figure-marks-rule = Medianas de quienes hicieron cada prueba. Con menos de 5 personas no se muestra. Aquí no se comparan instituciones entre sí.
figure-origin-map = De qué departamentos vienen las personas
figure-origin-map-about = Mapa de departamentos: más oscuro, más personas. Rayado: oculto.
figure-origin-map-rule = Personas cuyo caso se abrió en el período, cada una una vez, por el municipio de origen si se sabe. No se muestra nada más fino que el departamento.
figure-place = Departamento
figure-recruited-map = En qué departamentos captaron a las personas
figure-recruited-map-about = Mapa de departamentos: más oscuro, más personas. Rayado: oculto.
figure-recruited-map-rule = Personas con una decisión de identificación en el período, por el departamento de captación si se sabe. A nadie se le pregunta para esto.
figure-served-map = En qué departamentos se atiende a las personas
figure-served-map-about = Una barra por departamento, la mayor primero.
figure-served-map-rule = Cada persona una vez en su departamento, según el municipio del servicio anotado.
figure-services-months = Personas por servicio y mes
figure-services-months-about = Tabla: una fila por servicio, una columna por mes. Más oscuro, más personas.
figure-services-months-rule = Cada persona cuenta una vez por servicio y mes. Las filas no se suman: la misma persona está en varias. «Oculto»: menos de 5 personas, o un número que dejaría ver a menos de 5.
figure-sessions = Sesiones de curso dadas cada mes
figure-sessions-about = Una barra por mes.
figure-sessions-rule = Sesiones que se dieron, en sala o a distancia. Se muestran también cuando son pocas: no cuentan personas.
figure-terms = Plazos que terminaron: a tiempo o más tarde
figure-terms-about = Tabla: una fila por tipo de plazo, y cuántos a tiempo y cuántos tarde.
figure-terms-rule = Se cuentan plazos, no personas; con menos de 5 personas detrás no se muestra.
figure-trained = Personas que terminaron un curso, por institución
figure-trained-about = Tabla: una fila por institución. Más oscuro, más personas.
figure-trained-rule = Cada persona una vez por institución, aunque haya terminado varios cursos.
figure-trained-sex = Personas que terminaron un curso, por sexo
figure-trained-sex-about = Tabla: una fila por sexo.
figure-trained-sex-rule = Cada persona una vez. Decir el sexo es voluntario.
hidden-or-none = oculto o sin dato
