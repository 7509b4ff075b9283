accounts-caption = Cuentas del programa
accounts-text = Aquí se ven cuentas y roles, nunca casos.
accounts-title = Cuentas
accounts-window = Cuentas
account-close = Cerrar la cuenta
account-closed = cerrada
account-col-name = Nombre
account-col-role = Rol
account-col-site = Sede
account-col-state = Estado
account-col-username = Usuario
account-new = Cuenta nueva
account-open = abierta
account-password = Primera contraseña
account-password-hint = Doce caracteres o más. Cuatro palabras son fáciles de recordar.
account-reopen = Abrir la cuenta
alerts-caption = Avisos, lo más urgente primero
alerts-count =
    { $n ->
        [0] Ninguno
        [one] Un aviso
       *[other] { $n } avisos
    }
alerts-decided = Decididos
alerts-empty = No hay avisos nuevos.
alerts-parts = Partes de la lista
alerts-title = Avisos
alerts-waiting = Por decidir
alerts-window = Avisos
answer-yes = Sí
answer-no = No
back = Volver
decision-emergency = Emergencia: ya se está actuando
decision-screen = Hacer detección con una persona formada
decision-orient = Dar orientación a quien avisó
decision-close = Cerrar con motivo
decision-duplicate = Es el mismo que otro aviso
decision-convert = Se abrió un caso
emergency-category = Motivo
emergency-code = Código del expediente
emergency-court_today = Hay audiencia hoy
emergency-life_in_danger = Una vida está en peligro
emergency-link = Acceso de emergencia
emergency-missing = No se sabe dónde está
emergency-open = Abrir por sesenta minutos
emergency-reason = Qué pasa
emergency-reason-hint = Una o dos frases. Otra persona las revisará.
emergency-team_unreachable = El equipo no responde
emergency-text = Abre un expediente por sesenta minutos. La responsable lo sabrá y otra persona lo revisará.
emergency-title = Acceso de emergencia
emergency-window = Acceso de emergencia
failure-absent-text = No hay nada aquí, o no está entre lo suyo. Si lo necesita para su trabajo, pídalo a la coordinación.
failure-absent-title = No está aquí
failure-broken-text = Algo falló y no se guardó. Intente otra vez. Si sigue, dé este número a sistemas: { $number }.
failure-broken-title = No se pudo
failure-denied-text = Su rol no incluye esto en este expediente. La responsable o la coordinación pueden hacerlo.
failure-denied-title = Esto lo hace otra persona
failure-home = Ir al inicio
failure-no-key-text = Esta caja fuerte se abre con la llave de quienes están en el equipo. Pida a una colega que abra el expediente.
failure-no-key-title = Está bajo llave
failure-stale-text = Otra persona lo cambió mientras tanto. No se guardó nada. Ábralo de nuevo y vea qué cambió.
failure-stale-title = Hay dos versiones
failure-state-text = Ahora no es posible.
failure-state-title = Ahora no es posible
failure-taken-text = Otra persona lo tomó primero:
failure-taken-title = Ya lo tiene otra persona
failure-tampered-text = El formulario no venía de esta página. No se guardó nada. Ábralo de nuevo.
failure-tampered-title = No se pudo leer el formulario
failure-too-large-text = Es más de lo que cabe. No se guardó nada. Divídalo en partes.
failure-too-large-title = Es demasiado grande
failure-window = Aviso del sistema
function-coordination = coordinación
function-health = salud
function-legal = legal
function-psychological = psicología
function-social = trabajo social
history-title = Versiones anteriores
house-count =
    { $n ->
        [0] Nadie por ahora
        [one] Una persona
       *[other] { $n } personas
    }
house-door = No dejar entrar a:
house-empty = No hay nadie en esta sede.
house-title = Casa
house-window = Casa
no = no
nothing = nada
own-text = Aquí puede cerrar su sesión. Lo que escribió y no envió se pierde.
own-window = Mi cuenta
reason-no_sign = No hay señal
reason-not_reachable = No se pudo contactar a quien avisó
reason-other_institution = Lo atiende otra institución
reason-outside_area = Está fuera del área
reason-solved = Ya se resolvió
record-alert = Registrar un aviso
record-case = Abrir un caso
record-note = Nota o visita en un caso
record-title = Registrar
record-window = Registrar
review-justified = Fue necesario
review-none = No hay accesos por revisar.
review-text = Otra persona mira cada acceso de emergencia.
review-title = Accesos de emergencia por revisar
review-unjustified = No fue necesario
review-window = Revisión
role-admin = Administración
role-coordinator = Coordinación
role-director = Dirección
role-duty = Turno de avisos
role-health = Salud
role-lawyer = Abogada o abogado
role-mel = Monitoreo y evaluación
role-monitora = Monitora
role-psychologist = Psicóloga o psicólogo
role-reporter = Quien avisa
role-social_worker = Trabajadora social
role-survivor = Su propio plan
save = Guardar
sign-out = Salir
site-clinic = clínica
site-house = casa
site-office = oficina
somebody = alguien del equipo
supervision-caption = Casos abiertos y tareas pasadas de fecha, por persona
supervision-cases = Casos abiertos
supervision-late = Tareas pasadas de fecha
supervision-link = Supervisión
supervision-text = Para conversar sobre la carga de trabajo. No es una calificación.
supervision-title = Supervisión
supervision-who = Persona
supervision-window = Supervisión
task-consent-first = Explicar y registrar sus permisos
task-done = Hecho
task-due = Para cuándo
task-first-goal = Anotar una primera meta en sus palabras
task-needs-first = Dar el primer servicio que pidió
task-new = Tarea nueva
task-owner = Quién la hace
task-plan-agreed = Acordar el plan con ella
task-safety-first = Evaluar el riesgo y acordar un plan de seguridad
task-text = Qué hay que hacer
today-alerts =
    { $n ->
        [one] Un aviso espera
       *[other] { $n } avisos esperan
    }. { $urgent ->
        [0] Ninguno es urgente.
        [one] Uno es urgente.
       *[other] { $urgent } son urgentes.
    }
today-cases = Ver mis casos
today-closing = Aprobar o devolver el cierre de
today-decisions = Esperan su decisión
today-empty = No tiene tareas para estos días.
today-past = Pasadas de fecha
today-reviews =
    { $n ->
        [one] Revisar un acceso de emergencia
       *[other] Revisar { $n } accesos de emergencia
    }
today-soon = Hoy y los próximos días
today-title = Hoy
today-window = Hoy
undo = Deshacer este cambio
undo-text = Vuelve a la versión anterior. Lo de ahora también queda guardado.
unit-years = años
urgency-now = Ahora
urgency-today = Hoy
urgency-week = Esta semana
yes = sí
nothing-due = Nada pendiente
erasures-none = Nada espera una decisión.
erasures-text = Aquí se ve el código y el motivo, nunca de quién se trata. Decide quien no lo pidió.
erasures-title = Borrados por decidir
erasures-window = Borrados por decidir
