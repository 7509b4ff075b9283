### survivor
# Salida rápida. Lo leen sobrevivientes y quienes avisan: frases cortas.
exit-button = Salir rápido
exit-press-twice = Presione Mayús dos veces más para salir.
exit-press-once = Presione Mayús una vez más para salir.
exit-honest = «Salir rápido» cierra esta página. No borra el historial, ni lo que pueda ver otra persona que vigila este teléfono.
