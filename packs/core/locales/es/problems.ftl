# Lo que hay que corregir. Nunca culpa; dice qué hacer.
problems-title = Falta corregir algo
problems-kept = Lo escrito sigue aquí. Al tocar una línea va a la pregunta.
problems-date-incomplete = Complete día, mes y año, o deje los tres vacíos.
problems-date-no-such-day = Ese día no existe. Revise día, mes y año (cuatro cifras).

# Respuestas y palabras que faltan o no se entienden.
problem-answer = Revise esta respuesta y las que se relacionan con ella.
problem-choose = Elija una de las opciones de la lista.
problem-too-long = Acorte el texto; aquí no cabe tanto.
problem-amount = Escriba una cantidad entera, de 1 a 1000.
problem-who = Escriba qué persona o institución es.
problem-reason = Elija un motivo de la lista.
problem-reason-words = Explique el motivo en una frase, con diez letras o más.
problem-municipality = Elija un municipio de la lista.
problem-site = Elija la casa, clínica u oficina del caso.
problem-name-needed = Escriba un nombre.
problem-note-empty = Escriba la nota antes de guardarla.
problem-message-empty = Escriba el mensaje antes de enviarlo.
problem-task-empty = Escriba qué hay que hacer.
problem-goal-words = Escriba la meta, con las palabras de ella si se puede.

# Fechas y edad.
problem-date-numbers = Escriba día, mes y año con números.
problem-date-year = Escriba el año con cuatro cifras, entre 1900 y 2100.
problem-date-impossible = Revise la fecha: falta o ese día no existe.
problem-date-future = Ponga la fecha de hoy o una anterior.
problem-date-past = Ponga la fecha de hoy o una posterior.
problem-years = Escriba la edad en años, de 0 a 110.

# Avisos.
problem-reporter = Elija desde dónde se avisa.
problem-signs = Marque al menos una señal o escriba lo que notó.
problem-same-as = Elija cuál es el otro aviso igual a este.

# Personas, equipo y permisos.
problem-chosen-name = Escriba cómo quiere que la llamen; no tiene que ser su nombre legal.
problem-same-case = Elija otra persona; este es el mismo caso.
problem-no-team-role = Elija a alguien con función en los equipos; esta cuenta no la tiene.
problem-conflict = Elija a otra persona; esta no puede estar en este equipo.
problem-not-on-team = Elija a alguien del equipo del caso, o agregue primero a esa persona.
problem-consent-until = Ponga hasta qué día vale el permiso.
problem-minor-representative = Antes de los 18 años, elija quién la representa o anote la base legal.
problem-assent = Pregúntele si está de acuerdo; sin su asentimiento el permiso no vale.
problem-guardian-invalid = Elija a otra persona; quien figura en la familia no puede dar este permiso.

# Servicios, seguridad, relato, identificación y cierre.
problem-referral-need = Escriba qué se necesita de esa institución.
problem-not-covered = Quite los datos que el permiso no cubre, o pida antes un permiso nuevo.
problem-declined-why = Escriba por qué la institución no pudo aceptar.
problem-high-needs-now = Con riesgo alto, escriba qué se hace ahora mismo.
problem-told-already = Ya contó su historia: use lo registrado, o marque que hace falta otra vez.
problem-told-return = Dígale que puede volver cuando quiera, y márquelo aquí.
problem-purpose-needed = Marque al menos un fin de explotación para esta etapa.

# Archivos.
problem-file-empty = Elija un archivo que no esté vacío.
problem-file-large = Elija un archivo de 5 MB o menos.
problem-file-title = Escriba un título corto, sin nombres de personas.
problem-file-type = Adjunte una imagen JPEG o PNG, o un PDF.
problem-file-active = Este PDF lleva dentro un programa u otro archivo. Guárdelo de nuevo como PDF sencillo, o imprímalo a PDF.
problem-file-damaged = Guarde la imagen de nuevo y vuelva a adjuntarla; así no se puede leer.
problem-file-pixels = Reduzca la imagen, hasta 40 millones de puntos, y vuelva a adjuntarla.

# Cuentas.
problem-username = Use tres o más letras sin tilde, cifras, puntos o guiones.
problem-username-taken = Elija otro usuario; ese ya existe.
problem-password-short = Use una contraseña de doce letras o signos, o más.
problem-role = Elija un rol de la lista.

# Por qué un paso no es posible ahora, y qué hacer.
state-alert-decided = Este aviso ya está decidido. Ábralo en la lista de decididos para ver qué se resolvió.
state-answers-to-mend = Hay respuestas por corregir. Revise las líneas marcadas y guarde de nuevo.
state-case-still-open = El caso anterior sigue abierto. Siga en ese expediente, o ciérrelo antes de abrir otro.
state-closing-asked = El cierre ya se pidió o el caso está cerrado. Vea su estado en la página de cierre.
state-consent-not-live = Este permiso ya no está vigente. Si hace falta, registre uno nuevo.
state-founded = El programa ya está instalado. Entre con su cuenta.
state-legal-hold = Este expediente se conserva por orden legal y no se puede borrar. Consulte con el equipo legal.
state-not-on-team = Esa persona no está en el equipo. Agréguela primero y después cambie la responsable.
state-nothing-asked = No hay ninguna solicitud pendiente. Alguien del equipo puede pedirlo primero.
state-nothing-to-undo = No hay un cambio anterior que deshacer. Si algo está mal, corríjalo.
state-own-account = No se puede cerrar la cuenta propia. Pídalo a otra persona de administración.
state-plan-empty = El plan todavía no tiene metas. Agregue una con ella y después anote el acuerdo.
state-referral-order = Ese paso no sigue al estado actual. Abra los servicios de nuevo y elija una respuesta disponible.
state-responsible-stays = Esta persona es la responsable del caso. Nombre antes a otra responsable.
state-reviewed = Este acceso ya fue revisado. No hace falta hacer nada más.
state-undo-too-late = Pasaron más de 30 días y ya no se puede deshacer. Haga una corrección nueva.

# Estados cortos, para listas.
state-closure-asked = pedido
state-closure-approved = aprobado
state-closure-returned = devuelto
state-consent-live = vigente
state-consent-refused = no dado
state-consent-replaced = reemplazado
state-consent-withdrawn = retirado
state-file-kept = guardado
state-followup-reached = hubo contacto
state-followup-not_reached = sin contacto; se intentará otra vez
state-followup-lost = sin contacto; ya no se intenta esta vez
state-followup-declined = prefirió no tener seguimiento
state-goal-met = lograda
state-goal-open = en camino
state-guardian-valid = puede representarla
state-guardian-invalid = no puede representarla
state-guardian-replaced = reemplazado
state-identification-presumed = posible
state-identification-identified = identificada
state-identification-confirmed = confirmada
state-identification-not = no es trata
state-note-written = escrita
state-plan-agreed = acordado
state-relation-safe = contacto seguro
state-relation-unsafe = contacto no seguro
state-relation-unknown = seguridad por saber
state-safety-in_force = vigente
state-safety-replaced = reemplazada
state-screening-kept = guardada
state-service-given = dado
state-task-done = hecha
state-task-open = por hacer
state-telling-held = realizada
state-telling-planned = prevista
problem-birth-empty = Escriba al menos el año, o elija otra respuesta.
state-undo-not-this = Esto no se deshace. Registre lo que vale ahora.
problem-code-again = Ese código no es el de este caso. Escríbalo como está arriba.
state-erasure-asked = Ya se pidió borrar. Espera la decisión de una persona de dirección.
form-changed = El formulario se guardó como borrador, sin lo que aquí no puede estar.
form-taken-out = Lo que se quitó
form-to-draft = Ver el borrador
problem-conference-came = Marque al menos una persona o institución de las invitadas.
problem-conference-colleague = Elija solo a quienes son del equipo de este caso.
problem-conference-early = La reunión todavía no empieza.
problem-conference-nobody = Marque quién viene: del equipo o de una institución.
problem-conference-not-covered = Quite lo que ella no permitió compartir con esa institución.
problem-conference-points = Elija al menos un tema.
problem-conference-whose = Elija quién lo hace: alguien del equipo o una institución invitada.
problem-conference-words = Escriba solo qué se hará, en una línea y una sola frase de hasta 140 letras.
problem-form-file = Elija un archivo .xlsx.
problem-form-scale = Una escala lleva solo preguntas de una respuesta, con dos a diez pasos cada una, y notas. Quite lo demás de la hoja survey.
problem-form-version-known = Esa versión ya existe. Escriba una versión nueva en la hoja settings.
problem-form-version-missing = Escriba form_id y version en la hoja settings.
problem-leak-window = El primer día va antes que el último, y entre los dos no hay más de 400 días.
state-form-other-publishes = Usted trajo este formulario. Otra persona lo publica.
problem-password-again = Las dos contraseñas nuevas no son iguales. Escríbalas otra vez.
problem-search-before = No pudo aparecer antes de que la buscaran: revise el día.
problem-search-plan-first = Antes de ir a su casa o con familia, haga con ella el plan de seguridad.
problem-second-code = Ese código no es el de ahora. Espere el siguiente y escríbalo.
