### survivor
# The page of whoever is in the network, and the opinion without a name. They are read on a telephone or tablet of many.

mine-back = Back to my page
mine-closed = finished by the team
mine-closed-text = This address is none, or no longer. Ask whoever gave it to you for another.
mine-closed-title = There is nothing here
mine-days = { $n ->
    [0] the same day
    [one] within 1 day
   *[other] within { $n } days
 }
mine-in-hands = in the team's hands
mine-leave = Close my page
mine-leave-text = It then asks for the number again. It also closes by itself after twenty minutes.
mine-materials = What I have
mine-next = What is next
mine-number = Your number
mine-number-hint = The six digits that you were told.
mine-open = Open
mine-received = received
mine-said = What you told us
mine-said-none = There is nothing yet.
mine-said-text = Only the month, and whether the team has it. The rest is not shown, to keep you and others safe.
mine-text = If others use this telephone, close it when you finish.
mine-title = My page
mine-window = My page
mine-wrong = { $n ->
    [one] That is not it. 1 try is left.
   *[other] That is not it. { $n } tries are left.
 }
opinion-kept = Neither your name nor the hour is kept. Nobody can tell what you answered.
opinion-send = Give my opinion
opinion-text = Three questions. Answering is your choice and changes nothing of the care you receive.
opinion-thanks = Thank you. Your opinion is among the others.
opinion-title = How was it for you?
opinion-wait = Somebody has just given one here. Wait two minutes and send it again.
opinion-window = Your opinion
