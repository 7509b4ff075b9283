# What surrounds each page.
# The name is neutral on purpose: whoever looks at the phone sees it.
shell-name = Notebook
shell-skip = Go to the content
shell-places = Places
shell-today = Today
shell-cases = Cases
shell-record = Record
shell-house = House
shell-clinic = Clinic
shell-data = Data
shell-account = My account:
shell-lock = Lock
shell-help = Help
shell-demo = Invented data. No person is real.
shell-office = Office
