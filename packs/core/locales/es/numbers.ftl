# Los números del programa. Cada figura dice qué muestra y cómo se cuenta.
data-window = Datos
data-title = Datos del programa
data-span = Del { $from } al { $to }
data-months = Período
data-last-months =
    { $n ->
        [one] Último mes
       *[other] Últimos { $n } meses
    }
data-show = Mostrar
data-now = En este período
data-served = Personas atendidas, cada una contada una vez
data-answer = Tiempo hasta la primera respuesta a un aviso (mediana)
data-accepted = Tiempo hasta que se acepta una referencia (mediana)
hours = { $n } h
hidden = menos de 5 u oculto
served-new = Por primera vez
served-continuing = Continúan
answered-on_time = A tiempo
answered-late = Más tarde de lo previsto

# Palabras de todas las figuras.
figure-as-of = Datos al { $day }.
figure-cascade-origins = Referencias por paso y por quién la refirió con el programa
figure-cascade-origins-about = Tabla: una fila por paso y una columna por quien la trajo o la refirió.
figure-cascade-origins-rule = Se cuentan referencias, no personas. Quién la refirió se anota al abrir su caso, o lo dice el aviso. Sin eso está en «sin dato».
figure-empty = No hay datos en este período.
figure-goals-entry = Metas al inicio, por área y nivel
figure-goals-entry-about = Tabla: un renglón por área y una columna por nivel, de −2 a +2.
figure-goals-entry-rule = Cada meta una vez, con el nivel que tenía al ponerse.
figure-goals-now = Avance de las metas: al inicio y hoy
figure-goals-now-about = Dos barras por área: al inicio y hoy. Cada una está partida en cinco niveles, de mucho menos de lo esperado a mucho más.
figure-goals-now-rule = Cuenta cada meta que se puso en el período: el nivel que tenía al ponerse y el de su última valoración. Si detrás hay menos de cinco personas no se dice el número, y el resto de la barra muestra solo lo que se puede decir.
figure-table = Ver como tabla
figure-row = Grupo
figure-month = Mes
figure-step = Paso
figure-result = Resultado
figure-number = Cantidad

# Las figuras.
figure-cascade = Cómo siguieron las referencias
figure-cascade-about = Barras horizontales, una por paso, desde enviada hasta cerrada. Cada barra dice cuántas referencias llegaron ahí.
figure-cascade-rule = Se cuentan referencias, no personas. Cada paso cuenta en el día en que se anotó. Una referencia puede estar en varios pasos, y puede saltarse alguno.
figure-months = Personas atendidas cada mes, por sede
figure-months-about = Barras apiladas, una por mes. Cada parte de la barra es una sede.
figure-months-rule = Cada persona con algún servicio cuenta una vez por mes y sede. Los meses no se suman: una persona puede estar en varios.
figure-alerts = Avisos que llegaron cada mes, por urgencia
figure-alerts-about = Barras apiladas, una por mes. Cada parte de la barra es un grado de urgencia.
figure-alerts-rule = Se cuentan avisos, no personas, en el mes en que llegaron. Los avisos no llevan sede: si elige una, no aparecen.
figure-answers = Avisos contestados a tiempo, por urgencia
figure-answers-about = Tabla con un renglón por urgencia. Las columnas separan las primeras respuestas a tiempo y las que llegaron más tarde.
figure-answers-rule = Cuenta la primera respuesta de una persona del equipo a cada aviso, el día en que se dio. A tiempo es dentro del plazo del aviso. Los avisos no llevan sede: si elige una, no aparecen.
figure-screening = Qué resultó de las detecciones
figure-screening-about = Barras horizontales, una por resultado, de la más larga a la más corta.
figure-screening-rule = Se cuentan formularios guardados, no personas. Un resultado orienta al equipo; no es un veredicto. Las detecciones no llevan sede: si elige una, no aparecen.
figure-plans = Personas que acordaron su plan, por mes
figure-plans-about = Barras, una por mes. La altura dice cuántas personas acordaron su plan.
figure-plans-rule = Cada persona cuenta una vez en cada mes en que acordó un plan. Acordarlo de nuevo otro mes cuenta otra vez.
figure-goals = Cómo van las metas, por área de vida
figure-goals-about = Tabla con un renglón por área. Las columnas dicen cuántas personas alcanzaron lo esperado y cuántas siguen.
figure-goals-rule = Cuenta la última valoración de cada persona en cada área, dentro del período. Alcanzada es lo esperado o más. Una meta que no se ha vuelto a valorar no cuenta.
figure-services = Personas atendidas, por servicio
figure-services-about = Tabla con un renglón por servicio. Las columnas separan la primera vez y las veces que continúan.
figure-services-rule = Cada persona cuenta una vez por servicio y columna. Por primera vez es que nunca antes recibió ese servicio. Quien empezó y siguió en el período está en ambas.
figure-sexage = Personas atendidas, por sexo y edad
figure-sexage-about = Tabla con un renglón por grupo de edad y una columna por sexo.
figure-sexage-rule = Cada persona cuenta una vez por grupo, con la edad anotada al recibir el servicio. Quien cumplió años puede estar en dos grupos.
days = { $n } días
data-houses-title = Las casas en números
data-houses-window = Datos
data-slept = Personas que durmieron en una casa, cada una contada una vez
data-stay = Tiempo en las casas del programa hasta salir (mediana)
data-occupied = Noches ocupadas, de todas las que hubo lugar
refused-alone = Sola
refused-with_children = Con hijas o hijos
figure-nights = Noches en cada casa, por mes
figure-nights-about = Barras apiladas, una por mes. Cada parte de la barra es una casa.
figure-nights-rule = Cada residente en una cama a las tres de la mañana es una noche. Quien se anotó tarde corrige la noche. Los bebés que duermen con su mamá no cuentan aquí. Si fueron menos de cinco personas, no se dice cuántas noches.
figure-refused-why = Por qué no hubo lugar
figure-refused-why-about = Barras horizontales, una por razón, de la más larga a la más corta.
figure-refused-why-rule = Se cuentan solicitudes, no personas: no se anota quién era. La misma persona puede estar en varias.
figure-refused = Para quién no hubo lugar
figure-refused-about = Tabla con un renglón por grupo de edad. Las columnas separan quien pedía lugar sola y quien traía hijas o hijos.
figure-refused-rule = Se cuentan solicitudes sin lugar, con la edad que dijo quien pidió.
figure-left = A dónde salieron
figure-left-about = Tabla con un renglón por destino. Las columnas separan las salidas previstas de las que nadie había previsto.
figure-left-rule = Se cuentan salidas, no personas. El destino es el que se preparó con ella; si nadie lo preparó, no se sabe. Pasar a otra casa del programa no es salir: se cuenta aparte.
figure-incidents = Incidentes en las casas, por clase
figure-incidents-about = Barras horizontales, una por clase, de la más larga a la más corta.
figure-incidents-rule = Se cuentan incidentes anotados. Más incidentes anotados puede querer decir que se anota mejor.
data-services-title = Clínica y servicios en números
data-services-window = Datos
data-moved = Personas que pasaron de una casa a otra
figure-conduct = Avisos sobre la conducta del personal, por clase
figure-conduct-about = Barras horizontales, una por clase, de la más larga a la más corta.
figure-conduct-rule = Se cuentan avisos recibidos, sin nombres. Más avisos puede querer decir que hay más confianza para avisar.
