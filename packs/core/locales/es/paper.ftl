plan-print-by = Lo imprimió
plan-print-how = Imprima esta página con su navegador (Ctrl + P). Entréguela en mano y solo si ella quiere llevarla.
plan-print-link = Hoja para imprimir
plan-print-title = Plan de
plan-print-window = Hoja
access-act-plan-print = abrió la hoja del plan para imprimir
