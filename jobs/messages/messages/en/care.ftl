# the care list: who is to be called, why, and what came of it
page-care = Care list

care-reason-class_a_turning = Class A turning
    .about = was among the customers of high turnover and high profitability, and is no more
care-reason-high_value_silent = High value, silent
    .about = among the best by turnover, without a purchase of late and without an answer
care-reason-loyal_slipping = Loyal, slipping
    .about = was loyal, and is no more or far less satisfied
care-reason-promise_due = Promise due
    .about = something was promised, is due, and not kept
care-reason-hostage = Hostage of high value
    .about = not satisfied, stays for want of a better choice, and is among the best by turnover: the first to go when competition comes

care-class = was { $from }, is now { $to }
care-alive = of class A, but the probability of not having left fell from { $from } to { $to }
care-type = was { $from }, is now { $to }
care-satisfaction = loyal, but satisfaction fell from { $from } to { $to } of 10
care-promise-due = a promise is due on { $day }
care-promise-overdue = a promise was due on { $day } and is not kept
care-hostage = among the best by turnover, stays though satisfied with { $value } of 10 only: the first to go when competition comes

risk-basis-lifetime = of the lifetime value
risk-basis-profit = profit of the window

contact-outcome-reached = Reached
contact-outcome-not_reached = Not reached
contact-outcome-promised = Promised
contact-outcome-kept = Promise kept
contact-outcome-lost = Lost

care-title = Who is to be called: { $text }
care-note = The most at risk first. Value at risk is the lifetime value × the probability of having left where both are known, and else the profit of the window; the second line says which. Reasons are found at the close of the quarter, the gravest first; promises are those of today, on the list of the newest quarter alone.
care-none = Nobody: no customer has a reason to be on the list.
care-manager = Account manager
care-nobody = no account manager
care-why = Why
care-at-risk = Value at risk
care-what = What to do
care-contact = Last contact
care-never = none yet
care-next = next { $text }
care-log-one = Log a contact
care-log = Log a contact
care-log-button = Log the contact
care-contacts = Contacts
care-who = Who, if not the account manager
care-channel = How: telephone, visit …
care-outcome = Outcome
care-next-at = Promise due, or next contact
care-file-note = The file has all lines of the quarter and segment shown, whoever manages them.
