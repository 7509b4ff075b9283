# Lo que hay que corregir. Nunca culpa; dice qué hacer.
problems-title = Falta corregir algo
problems-kept = Lo escrito sigue aquí. Al tocar una línea va a la pregunta.
problems-date-incomplete = Complete día, mes y año, o deje los tres vacíos.
problems-date-no-such-day = Ese día no existe. Revise día, mes y año (cuatro cifras).
