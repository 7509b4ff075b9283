### survivor
# Quick exit. Survivors and people who report read this: short sentences.
exit-button = Quick exit
exit-press-twice = Press Shift two more times to leave.
exit-press-once = Press Shift one more time to leave.
exit-honest = “Quick exit” closes this page. It does not erase the history, nor what another person who watches this phone can see.
