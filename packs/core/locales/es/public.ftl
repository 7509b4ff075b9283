### survivor
# Páginas sin cuenta y avisos. Las leen quienes avisan y sobrevivientes: frases cortas.

# Franjas de edad para los números.
age-band-0-11 = 0 a 11 años
age-band-12-14 = 12 a 14 años
age-band-15-17 = 15 a 17 años
age-band-18-24 = 18 a 24 años
age-band-25-more = 25 años o más
age-band-unknown = Edad desconocida
age-group-child = Niña o niño (0 a 12 años)
age-group-adolescent = Adolescente (13 a 17 años)
age-group-adult = Persona adulta (18 años o más)
age-group-unknown = No sé
age-refused = prefirió no decir su edad
age-unknown = edad desconocida

# Dar aviso: quien avisa lee esto con prisa y quizá con miedo.
alert-window = Avisos
alert-title = Dar aviso
alert-two-minutes = Toma dos minutos. No hace falta su nombre ni el de nadie.
alert-who = ¿Desde dónde avisa? Así le mostramos las señales que puede haber notado.
alert-danger-call = Si alguien corre peligro ahora, llame primero a la policía o a los bomberos. Después avise aquí.
alert-advice-title = Para cuidar a la persona y cuidarse usted
alert-advice-1 = No investigue por su cuenta. Basta con lo que ya vio o escuchó.
alert-advice-2 = No enfrente a quien usted cree responsable.
alert-advice-3 = No tome fotos, videos ni grabaciones.
alert-advice-4 = No pida detalles a la niña, niño o adolescente. Escuche si quiere hablar.
alert-advice-5 = No prometa guardar el secreto. Diga que buscará ayuda.
alert-advice-6 = No lo cuente a vecinos, familiares ni compañeros.
alert-limits = Lo que usted escribe lo lee solo el equipo de avisos. Si alguien corre peligro, el equipo puede informar a la autoridad. También lo hace cuando la ley lo manda.
alert-signs = Señales
alert-signs-hint = Marque lo que vio, escuchó o le contaron. Una sola señal rara vez basta para saber qué pasa.
alert-age = Edad, más o menos
alert-since = Desde cuándo
alert-certainty = Cómo lo sabe
alert-municipality = Municipio
alert-municipality-hint = Donde ocurre. No escriba la dirección aquí.
alert-danger = Peligro
alert-danger-yes = Alguien corre peligro ahora
alert-words = Con sus palabras
alert-words-hint = Si quiere, cuente lo que notó. No hacen falta nombres ni detalles íntimos.
alert-contact = Contacto seguro
alert-contact-hint = Solo si quiere que le hablen. Anote también a qué hora conviene.
alert-send = Enviar aviso
alert-back-title = Ya di un aviso
alert-back-text = Con su código puede leer la respuesta o agregar algo.
alert-back = Usar mi código
reporter-teacher = Escuela
reporter-health = Salud
reporter-community = Comunidad o mercado
reporter-official = Institución pública
reporter-other = Otro lugar
since-today = Desde hoy
since-days = Desde hace días
since-weeks = Desde hace semanas o más
since-unknown = No sé desde cuándo
certainty-saw = Lo vi o lo escuché
certainty-told = Me lo contaron
certainty-suspect = Lo supongo

# Avisos que el equipo anota, lee y decide.
alert-enter-window = Anotar aviso
alert-enter-title = Anotar un aviso recibido
alert-channel = Cómo llegó
channel-phone = por teléfono
channel-person = en persona
channel-web = por la página
alert-call-kind = Para qué llama
call-worry = Le preocupa alguien
call-asks_for_self = Pide ayuda para sí
call-asks_for_other = Pide ayuda para otra persona
call-information = Pide información
call-follow = Pregunta por un aviso anterior
alert-reporter = Quién avisa
alert-col-urgency = Urgencia
alert-col-signs = Señales
alert-col-place = Municipio
alert-col-due = Respuesta
alert-col-who = A cargo
alert-only-words = Sin señales marcadas, solo texto
alert-nobody = nadie todavía
alert-one-window = Aviso
alert-one-title = Aviso
alert-state-received = recibido
alert-state-taken = tomado
alert-state-screening = en detección
alert-state-oriented = con orientación dada
alert-state-converted = con caso abierto
alert-state-closed = cerrado
alert-state-duplicate = igual a otro
alert-taken-by = Lo atiende
alert-told = Lo que se avisó
alert-came = Cómo y cuándo llegó
alert-alike-title = Avisos parecidos
alert-alike-text = Mismo municipio, misma semana y alguna señal en común. Quizá hablan de lo mismo.
alert-take = Tomar este aviso
alert-messages = Mensajes con quien avisó
alert-from-reporter = Quien avisó
alert-say = Mensaje
alert-say-hint = Lo lee quien tenga el código. No ponga nombres ni lo que se decidió.
alert-say-send = Enviar mensaje
alert-decide = Qué sigue
alert-screen-now = Hacer la detección
alert-to-case = Abrir un caso
alert-decision = Decisión
alert-reason = Motivo
alert-reason-hint = Solo hace falta para cerrar sin otra acción.
alert-same-as = Es igual al aviso del
alert-decide-send = Guardar decisión
alert-became-case = Con este aviso se abrió un caso.
alert-open-case = Abrir el expediente

# Señales: lo que se ve o se oye, sin conclusiones.
sign-about_to_be_moved = Van a llevársela pronto a otro lugar
sign-absent_days = Falta muchos días o dejó la escuela de pronto
sign-afraid_pickup = Se asusta cuando cierta persona llega a traerla
sign-asks_help = Pide ayuda hoy
sign-bar_adolescents = Adolescentes en un bar, parada de camiones o casa de paso
sign-begging_driven = Un vehículo deja y recoge a niñas o niños que piden dinero
sign-child_long_hours = Una niña o niño trabaja muchas horas al día
sign-child_pays_debt = Una niña o niño trabaja o se entrega por una deuda
sign-exhausted_hands = Llega agotada o con las manos quemadas o heridas
sign-found_in_raid = Estaba en un lugar revisado por la autoridad
sign-given_medicine = Le dan pastillas para no dormir o detener la regla
sign-house_many_girls = Una casa o negocio con muchas jóvenes que cambian y casi no salen
sign-images_blackmail = La amenazan con mostrar fotos o videos suyos
sign-irregular_adoption = Alguien ofrece o busca bebés fuera del trámite legal
sign-job_offer_no_contract = Ofrecen trabajo lejos, sin contrato, y piden los documentos
sign-job_online = Habla de un viaje o trabajo acordado por internet
sign-locked_in = Está encerrada o la vigilan para que no salga
sign-mark_of_ownership = Tiene un tatuaje o marca y se asusta si le preguntan
sign-missing_now = No se sabe dónde está
sign-never_alone = Nunca la dejan sola
sign-new_things_older_friend = Cosas nuevas o dinero, y una pareja o amistad mucho mayor
sign-no_address_papers = No sabe su dirección o no tiene documentos
sign-no_papers = Otra persona guarda sus documentos, o no los tiene
sign-one_adult_many_girls = Un mismo adulto recoge a varias niñas
sign-other_answers = Otra persona contesta por ella
sign-pregnant_under_14 = Embarazo antes de los 14 años
sign-recent_violence = Violencia sexual o física en estos días
sign-returned_alone = Volvió de otro país sin familia ni apoyo
sign-threats_weapons = Hay amenazas o armas
sign-united_minor = Vive en pareja antes de los 18 años
sign-untreated_injuries = Golpes o heridas sin atender, de distintos días
sign-wages_held = No le pagan, o le guardan el pago, y duerme donde trabaja
sign-wants_to_die = Dice que no quiere vivir

# El código de un aviso y lo que se ve con él.
receipt-window = Código
receipt-title = Gracias por avisar
receipt-saved = Su aviso llegó y quedó guardado.
receipt-code = Este es su código. Se muestra una sola vez.
receipt-keep = Anótelo donde nadie más lo vea. Con él puede leer la respuesta del equipo.
receipt-back-title = Volver a un aviso
receipt-your-code = Su código
receipt-code-hint = Empieza con A. No importan las mayúsculas, los espacios ni el guion.
receipt-look = Ver mi aviso
receipt-wrong = Revise el código: así como está no abre ningún aviso. Si lo perdió, puede dar otro aviso.
receipt-state-title = Su aviso
receipt-received = Su aviso llegó. Todavía no lo ha tomado una persona del equipo.
receipt-in-hands = Una persona del equipo lo está atendiendo.
receipt-closed = El equipo terminó de revisar este aviso. Si nota algo nuevo, escríbalo aquí.
receipt-privacy = Para proteger a la persona, aquí no se dice qué se decidió.
receipt-team = El equipo
receipt-you = Usted
receipt-add = Agregar algo o contestar
receipt-send = Enviar
receipt-added = Lo que escribió ya está guardado con su aviso.

# La primera página de la demostración.
demo-window = Inicio
demo-title = Elija con quién entrar
demo-text = Cada persona ve solo lo que su trabajo necesita. Entre, pruebe y cambie lo que quiera.
demo-as-lucia = Entrar como Lucía, trabajadora social
demo-about-lucia = Avisos por atender, sus casos y lo que toca hoy.
demo-as-blanca = Entrar como Blanca, turno de noche
demo-about-blanca = Quién duerme en la casa y qué cuidar, sin historias.
demo-as-julio = Entrar como Julio, abogado
demo-about-julio = El proceso legal de sus casos; nada de psicología ni salud.
demo-as-marta = Entrar como Marta, maestra
demo-about-marta = Cómo dar un aviso desde la escuela; ningún expediente.
demo-as-sofia = Entrar como Sofía, monitoreo
demo-about-sofia = Números del programa, sin nombres ni cifras pequeñas.
demo-as-luz = Entrar como Luz, 16 años, su propio plan
demo-about-luz = Sus metas, sus próximos pasos y sus permisos.
demo-try = También puede probar sin cuenta
demo-try-alert = Dar un aviso, sin nombres
demo-try-sign-in = Entrar con usuario y contraseña

# Entrar, desbloquear y lo que quedó sin enviar.
sign-in-window = Entrar
sign-in-title = Entrar
sign-in = Entrar
sign-in-username = Usuario
sign-in-password = Contraseña
sign-in-code = Código de verificación
sign-in-code-hint = Las seis cifras de su aplicación. Déjelo vacío si su cuenta no lo usa.
sign-in-send = Entrar
sign-in-forgot = Si olvidó su contraseña, hable con quien administra las cuentas en su programa.
sign-in-wrong =
    { $left ->
        [0] El usuario, la contraseña o el código no coinciden. Espere un momento antes de probar otra vez.
        [one] El usuario, la contraseña o el código no coinciden. Queda { $left } intento antes de una espera corta.
       *[other] El usuario, la contraseña o el código no coinciden. Quedan { $left } intentos antes de una espera corta.
    }
sign-in-wait = Hubo varios intentos seguidos. Pruebe de nuevo a partir de las { $time }.
unlock-window = Desbloquear
unlock-title = Pantalla bloqueada
unlock-text = Escriba su contraseña para seguir. Lo que haya enviado mientras tanto se guardó.
unlock-send = Desbloquear
unlock-other = Salir y usar otra cuenta
draft-window = Por enviar
draft-title = Esto quedó sin enviar
draft-text = Se guardó porque la pantalla estaba bloqueada o la sesión había terminado. Revíselo y envíelo; queda un día.
draft-typed = Lo que usted escribió
draft-send = Enviar ahora
draft-drop = Seguir sin enviarlo

# Ayuda.
help-window = Ayuda
help-title = Ayuda
help-text = Si trabaja en el programa, pregunte a su coordinación. Si le preocupa alguien, use «Dar aviso».
help-keys-title = Con el teclado
help-keys = Con Tabulador pasa a lo siguiente y con Intro lo elige. Donde está «Salir rápido», presione Mayús tres veces seguidas para salir.
help-promise-title = Cómo se cuida la información
help-promise-1 = Cada persona del equipo ve solo lo que su trabajo necesita.
help-promise-2 = Cada vez que alguien abre un expediente queda anotado.
help-promise-3 = Toda pregunta personal puede quedar sin respuesta.
help-promise-4 = Sin permiso no se comparten datos, salvo por peligro o por ley.
