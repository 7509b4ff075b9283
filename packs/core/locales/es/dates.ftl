# Fechas y horas, vistas desde ahora. Sin alarma: lo que venció se dice, no se grita.
dates-today = hoy
dates-tomorrow = mañana
dates-yesterday = ayer
dates-now = ahora
dates-minutes-ago = hace { $n } min
dates-hours-ago = hace { $n } h
dates-due-now = vence ahora
dates-due-today = vence hoy
dates-due-tomorrow = vence mañana
dates-due-was-yesterday = venció ayer
dates-due-in-minutes = vence en { $n } min
dates-due-in-hours = vence en { $n } h
dates-due-in-days =
    { $n ->
        [one] vence en { $n } día
       *[other] vence en { $n } días
    }
dates-due-minutes-ago = venció hace { $n } min
dates-due-hours-ago = venció hace { $n } h
dates-due-days-ago =
    { $n ->
        [one] venció hace { $n } día
       *[other] venció hace { $n } días
    }
dates-due-on = vence el { $day }
dates-due-was-on = venció el { $day }
dates-age =
    { $n ->
        [one] { $n } año
       *[other] { $n } años
    }
dates-age-about =
    { $n ->
        [one] alrededor de { $n } año
       *[other] unos { $n } años
    }
dates-age-band = de { $from } a { $to } años
