# complaints as cases
case-source = from
case-received-at = Received
case-deadlines = Service standard
case-standard = Standard
case-due = Due
case-done = Done
case-kept = Kept
case-in-time = in time
case-late = late
case-overdue = overdue
case-no-deadline = no deadline
case-satisfied = The customer is satisfied with the outcome.
case-dissatisfied = The customer is not satisfied with the outcome.
case-reopened = { $n ->
    [one] It was taken up again once.
   *[other] It was taken up again { $n } times.
}
case-faults = { $n ->
    [one] There was one fault in its handling.
   *[other] There were { $n } faults in its handling.
}
case-words = In the customer’s words
case-history = What happened
case-nothing-happened = Nothing has happened since it was received.
case-when = When
case-what = What
case-person = Who
case-note = Note
case-at = When, if not now
case-moved-nothing = moved nothing: not legal from the state it was in
case-due-by = due { $text }
case-move = Move the case
case-record = Record what happened
case-record-button = Record
case-amount = Amount, if compensated
case-currency = Currency
case-promise-due = Due, if promised
case-new = A new complaint
case-new-button = Open the complaint
case-states = Where complaints stand now
case-states-note = All complaints on record, whenever they were received.
case-open = Open cases: { $text }
case-acknowledge-by = Acknowledge by
case-resolve-by = Resolve by
case-faultless = Without a fault
case-content = Confirmed satisfied
case-standards = Service standards
case-standards-note = Of the standards in force when a complaint came in the most exact one counts: a class says more than a severity. The last two columns are targets.
case-since = Since
case-hours-to-acknowledge = Hours to acknowledge
case-clock = Clock
case-business = business hours
case-every-hour = every hour
lessons = What complaints teach
lessons-figure = Figure
lessons-folklore = Textbooks say
lessons-source = According to
lessons-note = The last columns are folklore: quoted everywhere, measured long ago on other companies' customers, and no target. Others told and within reach are assumptions of the rules applied to the share satisfied, not counts. Silence and repurchase look back over the whole window of quarters, most of which the quarter before shares: whether they changed is judged cautiously.
