### La red comunitaria, la bitácora y el cierre

access-act-closing-choose = anotó una decisión sobre el cierre de la subvención
access-act-closing-read = vio la lista del cierre de la subvención
access-act-lesson-done = terminó una lección
access-act-logbook-back = quitó una línea de la bitácora
access-act-logbook-slip = agregó una boleta de opinión
access-act-logbook-slips = se contaron las boletas de opinión
access-act-network-card = hizo una tarjeta para una persona de la red
access-act-network-forget = borró a una persona de la red, porque ella lo pidió
access-act-network-held = anotó cómo fue una actividad de la red
access-act-network-leave = anotó que una persona salió de la red
access-act-network-material = anotó materiales entregados en la red
access-act-network-off = canceló una actividad de la red
access-act-network-open = una persona de la red abrió su página
access-act-network-partner = vio a una persona de la red
access-act-network-plan = planificó una actividad de la red
access-act-network-read = vio la red comunitaria
access-act-network-trainee = unió a una persona de la red con su capacitación
access-act-network-try = alguien escribió un número en una página de la red
access-act-network-withdraw = retiró una tarjeta de la red
ending-admins = Al menos una cuenta de administración abierta. Hay { $of }.
ending-alerts = Avisos decididos: { $n }
ending-backup-age = { $n ->
    [0] El último respaldo es de hace menos de una hora.
    [one] El último respaldo es de hace 1 hora.
   *[other] El último respaldo es de hace { $n } horas.
 } Hace falta uno de hoy.
ending-backup-key = Quién tiene la llave que abre los respaldos
ending-backup-none = No se ha hecho ningún respaldo. Quien administra usa «ceiba backup».
ending-cases = Expedientes cerrados: { $n }
ending-choice = Lo que se decidió
ending-code-one = Quién tiene el primer código de recuperación
ending-code-three = Quién tiene el tercer código de recuperación
ending-code-two = Quién tiene el segundo código de recuperación
ending-destroy = Expedientes por destruir
ending-destroy-follow = todavía toca preguntarle cómo está
ending-destroy-none = El plan de cierre no pide destruir nada en esta sede, o ya está pedido.
ending-destroy-text = Así lo decidió la dirección para el cierre de la subvención. Abra cada expediente y pídalo; otra persona lo decide.
ending-directors = Al menos una dirección con la cuenta abierta. Hay { $of }.
ending-handovers = { $n ->
    [0] Ningún traspaso de puesto está a medias.
    [one] Un traspaso de puesto está a medias.
   *[other] { $n } traspasos de puesto están a medias.
 }
ending-held = { $n ->
    [0] Ningún expediente cerrado está retenido por un proceso.
    [one] Un expediente cerrado está retenido por un proceso: se archiva, no se destruye.
   *[other] { $n } expedientes cerrados están retenidos por un proceso: se archivan, no se destruyen.
 }
ending-in-hands = { $cases ->
    [one] 1 caso abierto
   *[other] { $cases } casos abiertos
 }, { $alerts ->
    [one] 1 aviso
   *[other] { $alerts } avisos
 }
ending-keys-due = { $n ->
    [0] Todas las llaves de carpetas cerradas están al día.
    [one] Una carpeta espera una llave nueva: que la abra quien la tiene.
   *[other] { $n } carpetas esperan una llave nueva: que las abra quien la tiene.
 }
ending-leavers = Cuentas de quienes se van con la subvención
ending-left = { $n ->
    [0] Todo está hecho.
    [one] Falta 1 de { $of }.
   *[other] Faltan { $n } de { $of }.
 }
ending-lessons = { $n ->
    [0] Todo el personal leyó las lecciones.
    [one] Una persona de { $of } no ha leído todas las lecciones.
   *[other] { $n } personas de { $of } no han leído todas las lecciones.
 }
ending-list = Lista por código: { $n }
ending-list-text = Sin nombres, la más antigua primero, hasta doscientos. Para destruir uno, quien coordina lo pide en el expediente y otra persona lo aprueba en «Borrados».
ending-network = Personas de la red: { $n }
ending-orphans = { $n ->
    [0] Nada está en manos de una cuenta cerrada.
    [one] Una cosa está en manos de una cuenta cerrada.
   *[other] { $n } cosas están en manos de cuentas cerradas.
 }
ending-part-accounts = 1. Cuentas
ending-part-backups = 3. Respaldos
ending-part-data = 6. Datos: archivar o destruir
ending-part-keys = 2. Llaves y códigos
ending-part-posts = 5. Lo que está abierto
ending-part-training = 4. Formación
ending-posts = Por puesto
ending-print = Puede imprimir esta página y firmarla: no lleva nombres de sobrevivientes.
ending-recipient = { $n ->
    [0] Hay una llave para sellar respaldos.
   *[other] No hay llave para sellar respaldos: así no se puede hacer ninguno.
 }
ending-restore = Probar el respaldo en otra computadora
ending-second-step = { $n ->
    [0] Todas las cuentas tienen segundo paso.
    [one] Una cuenta de { $of } no tiene segundo paso.
   *[other] { $n } cuentas de { $of } no tienen segundo paso.
 }
ending-text = Lo que tiene que moverse en un día para que la clínica, la oficina y el sistema sigan. El programa dice lo que sabe; lo demás lo dice usted.
ending-title = Cierre de la subvención
ending-waiting = { $n ->
    [0] Ningún aviso espera a que alguien lo tome.
    [one] Un aviso espera a que alguien lo tome.
   *[other] { $n } avisos esperan a que alguien los tome.
 }
ending-window = Cierre
entry-logbook = Línea de la bitácora
entry-network = Persona de la red
lessons-back = Volver a las lecciones
lessons-done = { $n } de { $of } leídas
lessons-finished = Lección terminada.
lessons-good = Eso es lo que recomendamos.
lessons-kept = Se anota que la leyó. Lo que usted responde no se guarda.
lessons-minutes = { $n ->
    [one] 1 minuto
   *[other] { $n } minutos
 }
lessons-other = Hay una forma más segura.
lessons-read = Leída
lessons-send = Responder
lessons-text = Cuatro lecturas cortas con una pregunta. Son las mismas que lee la red comunitaria.
lessons-title = Lecciones
lessons-window = Lecciones
logbook-adviser-code = Sobre qué aconsejaron
logbook-adviser-outcome = ¿Se les pagó?
logbook-adviser-text = Mujeres y jóvenes que lo vivieron y aconsejan al programa. Solo cuántas y cuántas horas, sin nombres.
logbook-back = Volver a la bitácora
logbook-decision-code = Sobre qué fue la decisión
logbook-decision-text = Algo que el programa cambió porque ellas lo aconsejaron.
logbook-hours = Horas
logbook-hours-hint = Por ejemplo: 7,5.
logbook-hours-n =
    { $n ->
        [one] 1 hora
       *[other] { $n } horas
    }
logbook-kind-adviser = Sobrevivientes que aconsejan
logbook-kind-decision = Decisión que cambió
logbook-kind-open = Horas abiertas y quién paga
logbook-kind-supervision = Supervisión al personal
logbook-kind-trend = Nota de tendencias
logbook-lines = Lo último anotado
logbook-none = Todavía no hay nada anotado.
logbook-on-last = Último día de esas horas
logbook-open-text = Cuántas horas estuvo abierta la sede, por día, semana o mes, y quién paga a su personal en ese tiempo.
logbook-payers = Quién paga al personal
logbook-people = Cuántas personas
logbook-site = Sede
logbook-slip-kept = Guardada. Puede escribir la siguiente.
logbook-slip-text = Escriba lo que dice el papel, sin ningún nombre. Se guarda cuántas personas respondieron qué cada día; las tres respuestas de una persona no quedan juntas.
logbook-slip-title = Boleta de opinión
logbook-slip-type = Pasar una boleta de papel
logbook-slip-wrong = Corrección
logbook-slip-wrong-hint = Escriba las mismas respuestas, sede y día que se guardaron mal.
logbook-slip-wrong-yes = Quitar esta boleta: se había escrito mal
logbook-slips = Opiniones sin nombre
logbook-slips-n = { $n ->
    [one] 1 boleta en tres meses
   *[other] { $n } boletas en tres meses
 }
logbook-slips-none = Ninguna en tres meses.
logbook-slips-text = Aquí solo se ve cuántas hay. Lo que dicen está en los resultados, cuando son bastantes para que no se reconozca a nadie.
logbook-supervision-code = Cómo fue
logbook-supervision-text = Tiempo de apoyo y revisión que recibió el personal, sin nombres.
logbook-tablet = Página de opinión de
logbook-tablets = Para la tableta de cada sede, sin cuenta. Recibe una opinión cada dos minutos:
logbook-take-back = Quitar, estaba mal
logbook-taken-back = Quitada
logbook-text = Lo que no está en ningún expediente y un informe necesita. Solo códigos y números.
logbook-title = Bitácora del programa
logbook-trend-code = Sobre qué
logbook-trend-outcome = Qué pasó con ella
logbook-trend-text = Un análisis sin nombres de lo que se repite: lugares, rutas, formas de captar.
logbook-trend-words = Qué puede significar
logbook-trend-words-hint = Unas líneas, sin nombres, sin códigos de casos y sin lugares más pequeños que un municipio. Lo lee todo el que ve los números del programa, con su firma.
logbook-window = Bitácora
logbook-write = Anotar
network-activities = Actividades
network-activities-all = Ver todas las actividades
network-activities-back = Volver a las actividades
network-activities-none = Todavía no hay actividades.
network-activities-text = Lo que se planifica y lo que se hizo en la comunidad. Aquí no va nada de lo que anota una oficina municipal: eso está en sus propios datos.
network-activity-about = La actividad
network-activity-kind = Qué clase de actividad
network-activity-new = Planificar una actividad
network-activity-send = Guardar actividad
network-activity-text = Sirve para una que viene y para una que ya fue. Después se anota cuántas personas llegaron.
network-activity-title = Actividad de la red
network-alerts = { $n ->
    [0] Ninguno todavía
    [one] 1 con su tarjeta
   *[other] { $n } con su tarjeta
 }
network-back = Volver a la red
network-caption = Personas de la red
network-card = Tarjeta y página
network-card-again = Hacer otras, las de ahora dejan de servir
network-card-closed = Su página se cerró: alguien escribió cinco números que no eran. La tarjeta sí sirve. Pregúntele si fue ella, y hágale otras.
network-card-done = Listo, ya las tiene
network-card-good = Tiene tarjeta y página.
network-card-make = Hacer tarjeta y página
network-card-none = No tiene tarjeta.
network-card-once = Esto se muestra una sola vez. Imprima o deje que ella tome la foto antes de salir de esta página.
network-card-text = Con la tarjeta se avisa. La página dice que sus avisos fueron respondidos, nada de ningún caso. Si la pierde o tiene miedo de llevarla, retírela: quien la use podrá avisar igual, pero ya no en nombre de la red.
network-card-title = Para entregar en la mano
network-card-withdraw = Retirar tarjeta y página
network-change = Corregir sus datos
network-col-kind = Quién es
network-col-language = Idioma
network-col-name = Nombre
network-col-place = Municipio
network-col-state = Capacitación
network-correct = Corregir lo anotado
network-correct-send = Guardar corrección
network-correct-text = Lo que escriba reemplaza lo anterior, también en los informes que aún no se cierran.
network-count = { $n ->
    [one] 1 persona
   *[other] { $n } personas
 }, { $trained } con capacitación
network-forget = Borrar su nombre, si ella lo pide
network-forget-send = Borrar
network-forget-sure = ¿Ella lo pidió?
network-forget-text = Su nombre y la forma de contactarla dejan de poder leerse, y su tarjeta de servir. No se puede deshacer. Las cuentas de los informes quedan.
network-forget-yes = Sí, ella lo pidió
network-from = De la red
network-give = Anotar una entrega
network-give-send = Guardar entrega
network-going = Quiénes participan
network-going-hint = Verán la fecha en su página.
network-held = { $n ->
    [one] 1 actividad
   *[other] { $n } actividades
 }
network-held-send = Guardar
network-held-title = Cómo fue
network-her-alerts = Avisos
network-her-lessons = Lecciones
network-how-many = Cuántos
network-how-many-hint = Si antes se anotaron de más, escriba los que sobran con un menos delante: -5.
network-kind = Quién es
network-language = Idioma en que prefiere hablar
network-leave = Ya no está en la red
network-leave-send = Anotar que salió
network-leave-text = Su tarjeta y su página dejan de servir hoy. Su nombre queda, sellado, hasta que ella pida borrarlo.
network-left = Ya no está
network-material = Material
network-materials = Materiales
network-materials-none = No se le ha entregado nada.
network-minutes = Cuánto duró, en minutos
network-municipality = Municipio
network-name = Nombre
network-name-hint = Como ella quiere que la llamen. Queda sellado; lo abre solo quien coordina la red.
network-new = Agregar a una persona
network-new-send = Agregar
network-new-text = Pregúntele si quiere estar, y dígale que puede salir y pedir que se borre su nombre cuando quiera. No se anota ninguna dirección.
network-new-title = Una persona de la red
network-none = Todavía no hay nadie en la red.
network-number = Su número
network-number-text = Dígaselo o que lo escriba ella en su teléfono. No lo escriba en la tarjeta: quien la encuentre abriría su página.
network-off = No se va a hacer
network-off-send = Cancelar la actividad
network-on = Día
network-page-code = Código de su página
network-page-text = Página personal. Pide un número.
network-page-title = Página
network-paper-code = Código de la tarjeta
network-paper-text = Si algo le preocupa, puede decirlo aquí. Toma dos minutos. No pide nombres.
network-paper-title = Escuchamos
network-people = { $n ->
    [one] 1 persona
   *[other] { $n } personas
 }
network-people-title = Personas alcanzadas
network-place = Dónde se le encuentra
network-place-hint = La clase de lugar, nunca cuál.
network-reach = Cómo contactarla sin riesgo
network-reach-hint = Un número y a qué hora. Queda sellado. Puede quedar vacío.
network-reach-none = No dejó ninguna forma
network-reach-whole = Personas sin dividir por sexo ni edad
network-reach-whole-hint = Una estimación va solo aquí.
network-reached = Personas alcanzadas en un año
network-reached-rule = Cada número tiene su regla y no se suman entre sí: una estimación no es una cuenta. Quien fue a dos actividades cuenta dos veces.
network-rule = Cómo se contó
network-rule-hint = La regla acompaña al número en todos los informes.
network-since = En la red desde
network-state-held = Se hizo
network-state-off = Se canceló
network-state-planned = Planificada
network-takes-part = Actividades en que participa
network-title = Red comunitaria
network-trained = Con capacitación
network-trained-hint = El día en que la completó. Vacío: todavía no.
network-trained-on = Capacitación completa
network-unreadable = Nombre que no se puede leer
network-untrained = Sin capacitación
network-who = Quién es
network-window = Red comunitaria
network-written-in = Idioma del material
problem-logbook-answers = Elija una respuesta para cada pregunta.
problem-logbook-code = Quite los códigos de casos o de personas: esta nota la leen muchos.
problem-logbook-hours = Escriba las horas con un número, como 7,5. Un mes tiene 744.
problem-logbook-payers = Marque al menos a uno que paga.
problem-logbook-people = Escriba cuántas personas, de 1 a 500.
problem-logbook-slip = No hay una boleta así guardada en esa sede y ese día. Revise las respuestas.
problem-network-elsewhere = Ese municipio no es el suyo. Elija el de su oficina.
problem-network-estimate = Una estimación es un solo número: escríbalo en «personas sin dividir» y deje vacías las demás casillas.
problem-network-forget = Marque que ella lo pidió. Sin su palabra no se borra.
problem-network-less = No se puede quitar más de lo que se anotó.
problem-network-many = Escriba cuántos, con un número entero.
problem-network-minutes = Escriba los minutos con un número entero, entre 1 y 1440.
problem-network-name = Escriba cómo quiere que la llamen.
problem-network-to-come = Todavía no es ese día. Anote cómo fue cuando haya pasado.
shell-network = Red
state-network-left = Esta persona ya salió de la red.
state-network-off = Esta actividad se canceló. Planifique otra.
