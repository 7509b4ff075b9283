# What is to be corrected. Never blames; says what to do.
problems-title = Something needs correcting
problems-kept = What you wrote is still here. Each line takes you to its question.
problems-date-incomplete = Fill in day, month and year, or leave all three empty.
problems-date-no-such-day = There is no such day. Check day, month and year (four digits).
