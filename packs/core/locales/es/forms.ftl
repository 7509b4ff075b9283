# Preguntas y respuestas.
forms-must = Hace falta: { $reason }
forms-wrong = Por corregir:
forms-declined = Prefiere no decir
forms-not-asked = No se preguntó
forms-instead = En lugar de una respuesta: { $label }
forms-why = ¿Por qué se pregunta?
forms-who = Quién lo verá
forms-if-not = Si no se contesta
forms-choose = Elegir
forms-day = Día
forms-month = Mes
forms-year = Año
forms-about = Fecha aproximada
