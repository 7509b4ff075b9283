### survivor

brief-after = Después hay tiempo para descansar y hablar con alguien de confianza.
brief-company = Con usted va
brief-company-someone = Alguien del equipo va con usted.
brief-interpreter = Habrá quien hable su idioma.
brief-place-gesell = Hablará en un cuarto tranquilo, con una sola persona.
brief-place-video = Hablará por una pantalla, sin estar en la sala.
brief-right-apart = pedir no ver a quien le hizo daño
brief-right-break = pedir un descanso cuando quiera
brief-right-stop = decir que ya no quiere seguir
brief-right-understand = pedir que repitan con otras palabras
brief-right-unknown = decir «no sé» o «no me acuerdo»
brief-rights-title = Usted puede
brief-title = Su audiencia
brief-transport = El transporte ya está listo.
brief-why = Usted no hizo nada malo. Allí quieren escucharla y cuidar sus derechos.
brief-interpreter-asked = Ya se pidió a alguien que hable su idioma.
