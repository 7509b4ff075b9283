# Lo que rodea a cada página.
# El nombre es neutro a propósito: lo ve quien mire el teléfono.
shell-name = Cuaderno
shell-skip = Ir al contenido
shell-places = Lugares
shell-today = Hoy
shell-cases = Casos
shell-record = Registrar
shell-house = Casa
shell-clinic = Clínica
shell-data = Datos
shell-account = Mi cuenta:
shell-lock = Bloquear
shell-help = Ayuda
shell-demo = Datos inventados. Ninguna persona es real.
shell-office = Oficina
