# Datos de la persona, de su expediente y de su página.
section-summary = Resumen
section-timeline = Cronología
section-plan = Plan de vida
section-safety = Seguridad
section-services = Servicios
section-follow = Seguimiento
section-legal = Proceso legal
section-health = Salud
section-psychological = Psicología
section-family = Red y familia
section-documents = Documentos
section-consent = Permisos
section-team = Equipo
section-access = Accesos

# Etapas del caso y niveles de riesgo.
phase-reception = Recepción
phase-assessment = Evaluación
phase-plan = Plan de vida
phase-process = En proceso
phase-followup = Seguimiento
risk-high = Alto
risk-medium = Medio
risk-low = Bajo
risk-unknown = Sin evaluar

# La persona: primero el nombre que ella elige.
person-chosen-name = Nombre elegido
person-chosen-name-hint = Como quiere que la llamen. No tiene que ser su nombre legal.
person-sex = Sexo
person-years = Edad aproximada
person-years-hint = Si no se sabe la fecha de nacimiento. Puede quedar vacía.
person-birth = Fecha de nacimiento
person-birth-hint = Solo si se sabe. Puede dejar vacío el día, o el día y el mes. Con esto no hace falta la edad.
person-language = Idioma en que prefiere hablar
person-interpreter = Intérprete
person-interpreter-yes = Necesita intérprete
person-paper = Nombre y datos de sus documentos
person-paper-text = Puede quedar vacío. Se guarda aparte, y cada vez que alguien lo abre queda anotado.
person-given = Nombres
person-surnames = Apellidos
person-mother = Nombre de su madre
person-document = Documento de identidad
person-phone = Teléfono
person-origin = Municipio de origen

# Quién da el permiso, y si ella está de acuerdo.
by-self = Ella misma
by-mother = Su madre
by-father = Su padre
by-guardian = Su encargada, encargado o tutor
by-court = El juzgado
assent-yes = Ella está de acuerdo
assent-no = Ella no está de acuerdo
assent-not_asked = No se le preguntó
assent-adult = Es adulta y decide por sí misma

# Notas: lo que se vio o lo que pidió, no los hechos.
note-new = Escribir una nota
note-kind = Qué es
note-note = Nota
note-visit = Visita
note-call = Llamada
note-session = Sesión
note-meeting = Reunión
note-text = Nota
note-hint = Escriba lo que vio o lo que ella pidió. No hace falta contar los hechos.
note-day = Día
note-correct = Corregir
note-correct-text = Lo escrito se conserva. Su corrección se ve al lado, con su nombre y la fecha.
note-correction = Corrección

# Seguridad: lo que necesita saber quien trata con ella.
safety-none = Todavía no hay evaluación del riesgo. Mientras tanto, valen las precauciones de siempre.
safety-default-1 = No llame ni escriba a su casa, familia o trabajo sin su permiso.
safety-default-2 = No diga a nadie dónde está, ni que el equipo la conoce.
safety-default-3 = Antes de hablar, pregúntele si está sola y si puede.
safety-in-force = Evaluación vigente
safety-review = Próxima revisión:
safety-new = Nueva evaluación del riesgo
safety-level = Nivel de riesgo
safety-avoid = Qué no hacer
safety-avoid-hint = Por ejemplo: no llamar por la noche, no usar el nombre del programa.
safety-keep-away = Personas que no deben acercarse
safety-keep-away-hint = El nombre o cómo reconocerlas. Solo lo que el equipo necesita.
safety-now = Qué hacer ahora
safety-now-hint = Lo primero que hay que hacer, y quién lo hace.
safety-plan = Plan de seguridad
safety-plan-hint = Lo acordado con ella: a dónde ir, a quién llamar, qué señal dar.
safe-yes = Está a salvo
safe-no = No está a salvo
safe-unknown = No se sabe si está a salvo

# Plan de vida y acuerdo.
plan-empty = Todavía no hay metas. La primera puede ser pequeña, y en sus palabras.
plan-agreed-on = De acuerdo con el plan desde el
plan-review = Próxima revisión:
plan-agree-title = Acuerdo con el plan
plan-agree-how = Cómo dijo que está de acuerdo
plan-agree-send = Guardar el acuerdo

# Servicios.
services-given = Servicios recibidos
services-none = Todavía no hay servicios anotados.
service-col-kind = Servicio
service-col-day = Día
service-col-amount = Cantidad
service-col-provider = Quién lo dio
service-team = El equipo
service-new = Anotar un servicio
service-kind = Servicio
service-amount = Cantidad
service-amount-hint = Cuántas veces, sesiones o paquetes. De 1 a 1000.
service-provider = Quién lo dio
service-provider-hint = Déjelo vacío si fue el equipo.
service-remark = Algo que conviene saber

# Referencias a otras instituciones.
referrals-title = Referencias
referrals-none = Todavía no hay referencias.
referral-new = Nueva referencia
referral-need = Qué se pide
referral-need-hint = Una frase con lo que necesita. No hace falta contar los hechos.
referral-data = Datos que se envían
referral-send = Enviar la referencia
referral-no-grant = Todavía no hay permiso de ella para ninguna institución. Puede anotarlo en Permisos.
referral-call = Próximo contacto:
referral-answer = Qué respondió la institución
referral-declined-if = Si no la aceptó, por qué
referral-declined-why = Por qué no se aceptó:

# Entrevistas: que no tenga que contarlo otra vez.
told-times =
    { $n ->
        [0] No consta que haya contado su historia.
        [one] Ya contó su historia { $n } vez.
       *[other] Ya contó su historia { $n } veces.
    }
tellings-title = Contarlo una sola vez
tellings-text = Antes de preguntarle, use lo que ya está escrito.
telling-new = Anotar o planificar una entrevista
telling-warning =
    { $n ->
        [0] Antes de planificar otra entrevista, vea si basta lo que ya está escrito.
        [one] Ya contó su historia { $n } vez. Vea primero si basta lo que ya está escrito.
       *[other] Ya contó su historia { $n } veces. Vea primero si basta lo que ya está escrito.
    }
telling-purpose = Para qué
telling-needs = Saber qué necesita
telling-screening = Detección
telling-police = Policía
telling-prosecutor = Fiscalía
telling-court = Juzgado
telling-health = Salud
telling-day-hint = Un día que todavía no llega queda como entrevista planificada.
telling-who = Con quién habla
telling-record = Dónde está el registro oficial
telling-record-hint = Solo el número o el lugar. Lo que ella dijo no se guarda aquí.
telling-aware = Antes de guardar
telling-aware-yes = Vi cuántas veces ya la contó. Esta entrevista hace falta.

# Red y familia.
relation-new = Agregar a una persona
relation-kind = Quién es para ella
relation-mother = Madre
relation-father = Padre
relation-sibling = Hermana o hermano
relation-child = Hija o hijo
relation-partner = Pareja
relation-co_victim = Vivió la misma situación
relation-trusted = Persona de confianza
relation-other = Otra persona
relation-name = Nombre
relation-name-hint = Como ella la llama. Basta el primer nombre.
relation-safety = ¿Es seguro el contacto?
relation-case = Código de su caso
relation-case-hint = Solo si también tiene un caso aquí y usted puede abrirlo.
relation-remark = Algo que conviene saber

# Identificación: en qué punto está, según lo que se sabe hoy.
stage-presumed = Hay indicios de trata
stage-identified = Identificada por el equipo
stage-confirmed = Confirmada por la autoridad
stage-not = Sin identificación por ahora

# Equipo de atención.
team-name = Agregar a alguien al equipo
team-who = Colega
team-name-send = Agregar al equipo
team-responsible = Nombrar responsable
team-relieve = Quitar del equipo

# Abrir de nuevo.
reopen-title = Puede volver
reopen-text = Se abre un caso nuevo, unido a este. Usted queda como responsable.
reopen-send = Abrir un caso nuevo

# Detección: señales y qué hacer; nunca un veredicto.
screening-window = Preguntas
screening-intro = Cada pregunta puede quedar sin respuesta. Primero está que ella se sienta tranquila.
screening-look = Ver qué preguntas siguen
screening-keep = Guardar
screening-result = Qué se vio
screening-done = Detecciones hechas
screening-signs = Señales que se vieron
screening-open = Lo que todavía no se sabe
screening-open-text = Sin respuesta no quiere decir que no. Se puede hablar otro día, si ella quiere.
screening-not-asked = no se preguntó
screening-declined = prefiere no decir
screening-not-validated = Ninguna herramienta de detección está validada para adolescentes de Guatemala. El equipo decide, no el formulario.
outcome-act_now = Actuar ahora
outcome-act_now-text = Puede haber peligro. Vea primero que ella esté a salvo. Después llame a la coordinación.
outcome-talk_with_team = Conversar con el equipo
outcome-talk_with_team-text = Conversen hoy o mañana sobre qué hacer. Pregúntele a ella qué quiere.
outcome-give_information = Dar información
outcome-give_information-text = Cuéntele qué ayuda hay y dónde. Ella elige.
outcome-no_sign_today = Hoy no se vio ninguna señal
outcome-no_sign_today-text = Dígale que puede volver cuando quiera, y dónde encontrar al equipo.
outcome-none = Sin resultado
outcome-never-verdict = Esto no es un veredicto. Un resultado sin señales nunca cierra la puerta.

# Palabras técnicas y de listas.

## survivor
# Mi plan: lo lee ella misma.
my-plan-window = Mi plan
my-plan-title = Este es su plan
my-plan-who = Puede hablar con
my-plan-empty = Su plan todavía está en blanco. La primera meta puede ser la que usted quiera.
my-plan-step = Siguiente paso:
my-plan-permissions = Sus permisos
my-plan-permissions-text = Usted decide qué se comparte. Puede cambiar de idea cualquier día. Puede decirlo a su equipo.
my-plan-seen = Quién vio su expediente
my-plan-seen-text = Aquí se ven hasta cinco visitas recientes. Puede preguntar por qué alguien lo abrió.
