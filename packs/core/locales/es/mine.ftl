### survivor
# La página de quien está en la red, y la opinión sin nombre. Se leen en un teléfono o en una tableta de todos.

mine-back = Volver a mi página
mine-closed = terminado por el equipo
mine-closed-text = Esta dirección no sirve, o ya no. Pida otra a quien se la dio.
mine-closed-title = Aquí no hay nada
mine-days = { $n ->
    [0] el mismo día
    [one] en 1 día
   *[other] en { $n } días
 }
mine-in-hands = en manos del equipo
mine-leave = Cerrar mi página
mine-leave-text = Después pide otra vez el número. También se cierra sola a los veinte minutos.
mine-materials = Lo que tengo
mine-next = Lo que viene
mine-number = Su número
mine-number-hint = Los seis dígitos que le dijeron.
mine-open = Abrir
mine-received = recibido
mine-said = Lo que usted dijo
mine-said-none = Todavía no hay nada.
mine-said-text = Solo el mes y si el equipo lo tiene. Lo demás no se muestra, para cuidar de usted y de otras personas.
mine-text = Si el teléfono es de varias personas, ciérrela al terminar.
mine-title = Mi página
mine-window = Mi página
mine-wrong = { $n ->
    [one] Ese no es. Queda 1 intento.
   *[other] Ese no es. Quedan { $n } intentos.
 }
opinion-kept = No se guarda su nombre ni la hora. Nadie puede saber qué respondió usted.
opinion-send = Dar mi opinión
opinion-text = Tres preguntas. Responder es su decisión y no cambia nada de la atención que recibe.
opinion-thanks = Gracias. Su opinión ya está con las demás.
opinion-title = ¿Cómo fue para usted?
opinion-wait = Alguien acaba de opinar aquí. Espere dos minutos y envíela otra vez.
opinion-window = Su opinión
