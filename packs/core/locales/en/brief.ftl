### survivor

brief-after = Afterwards there is time to rest and to talk with somebody you trust.
brief-company = With you goes
brief-company-someone = Somebody of the team goes with you.
brief-interpreter = There will be somebody who speaks your language.
brief-place-gesell = You will talk in a quiet room with one person.
brief-place-video = You will talk through a screen, not in the room.
brief-right-apart = ask not to see whoever hurt you
brief-right-break = ask for a break when you want one
brief-right-stop = say that you want to stop
brief-right-understand = ask them to say it in other words
brief-right-unknown = say “I do not know” or “I do not remember”
brief-rights-title = You can
brief-title = Your hearing
brief-transport = Transport is arranged.
brief-why = You did nothing wrong. They want to listen to you and look after your rights.
brief-interpreter-asked = Somebody who speaks your language was asked for.
