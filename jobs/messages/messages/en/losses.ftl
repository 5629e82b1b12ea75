# lost customers: the way, the reasons, winning back
page-lost = Lost customers

loss-state-using = Using
loss-state-contact = In contact
loss-state-no_contact = No contact
loss-state-satisfied = Satisfied
loss-state-dissatisfied = Dissatisfied
loss-state-no_answer = No answer
loss-state-complained = Complained
loss-state-quiet_satisfied = Satisfied, no complaint
loss-state-quiet_dissatisfied = Dissatisfied, no complaint
loss-state-quiet_no_answer = No answer, no complaint
loss-state-handled_well = Handled well
loss-state-handled_badly = Handled badly
loss-state-unconfirmed = Resolved, not asked
loss-state-open = Still open
loss-state-unrecorded = Not on record
loss-state-kept = Kept
loss-state-lost = Lost

loss-step-1 = after-sale contact
loss-step-2 = satisfaction
loss-step-3 = complaint
loss-step-4 = handling
loss-step-5 = outcome

loss-reason-moved = Moved away
loss-reason-other_ties = Ties to others
loss-reason-price = Price
loss-reason-quality = Quality
loss-reason-service = Service
loss-reason-all = All reasons

winback-open = Open
winback-won_back = Won back
winback-refused = Declined
winback-no_answer = Not reached

effort-keep = Keeping
    .about = of those who stayed the quarter before, who stays
effort-win_back = Winning back
    .about = of the attempts that are over, how many won a customer back
effort-win_new = Winning new ones
    .about = of those who first came the quarter before, who is here still

lost-value-lifetime = lifetime value
lost-value-profit = profit of the window

success-reason = for the same reason
success-overall = all attempts

lost-flow = The way customers are lost
lost-from = From
lost-to = To
lost-no-flow = Nobody is known to have stayed in the quarter before, so nobody can be seen to leave.
lost-flow-note = Everyone who stayed by contract or purchases at the end of the quarter before passes exactly one way. After-sale contact: answered a survey, or has a complaint on record, in the window. Satisfied: the latest overall answer of the window is at or over the cut. Handled well or badly: what the customer confirmed last. Lost: stays no longer by contract or purchases at the end of the quarter, as the retention rate counts it. Money is that of the window.
lost-reasons = Why customers were lost
lost-known = lost customers whose reason is known
lost-all = lost in the quarter
lost-efforts = Keeping, winning back, winning new ones
lost-effort = Effort
lost-tried = Tried on
lost-successes = Succeeded
lost-open = Open
lost-cost = Cost of a try
lost-cost-per-success = Cost of a success
lost-efforts-note = How many people were asked before one became a customer is not recorded: for new customers the share says who is here still a quarter later, and not how many of those asked were won. The cost of a try is the mean of the costs recorded where n stands below it, and the setting elsewhere; without either there is none.
lost-list = Whom to win back first
lost-nobody = Nobody is on the list.
lost-rank = Rank
lost-customer = Customer
lost-in = Lost in
lost-value = Value before
lost-success = Success
lost-gain = Value × success
lost-expected = Expected
lost-attempts = Attempts
lost-list-note = Expected: what the customer was worth in the quarter before it was lost, times the measured share of attempts that succeed on customers lost for the same reason (on all, where these are too few), less what an attempt costs by the settings. Without that cost the order is by value × success. Who was won back has no rank.

lost-title = Lost and won back
lost-at = Lost on
lost-recorded-by = Recorded by
lost-note = Note
lost-attempts-made = Attempts to win back
lost-person = Who
lost-channel = Channel
lost-offer = Offer
lost-ended = What became of it
lost-nothing = Nothing is recorded.
lost-record = Record a loss
lost-record-button = Record
lost-try = Record an attempt to win back
lost-try-button = Record

rules-losses = Lost customers
setting-losses-listed_quarters = Quarters that lost customers stay on the list
setting-losses-reasons = Reasons of your own
rules-costs = Costs
setting-costs-keep_per_customer = Keeping a customer for a quarter
setting-costs-win_per_customer = Winning a new customer
setting-costs-win_back_attempt = An attempt to win a customer back
