# The words of mails and webhooks: the report of a quarter, and alerts. Those that pages have too stand in pages.ftl.

mail-title = Customer satisfaction
mail-heading = { $title } { $quarter }
mail-subject = { $title } { $quarter }: { $place }
mail-place = all customers
mail-restated = { $place } · restated, revision { $revision }
mail-moved = What moved more than chance
mail-moved-line = { $metric } of { $place }: { $change } to { $value } (n = { $n })
mail-figures = Figures
mail-points = { $points } pp
mail-base = { $n } answers: too few to be shown
mail-interval = 95% interval { $interval }, { $n } answers
mail-no-change = no quarter to compare with
mail-changed = { $change } against the quarter before, more than chance
mail-hardly-changed = { $change } against the quarter before, within chance
mail-more-charts = More charts of the quarter
mail-method = Revision { $revision }, published { $published }, method { $method }. Bases under { $base } are suppressed. * a change that is more than chance at { $level }, corrected for all segments of the metric.

alert-subject = Alert: { $headline }
alert-found = Found { $at }
alert-number = Alert { $id }
alert-index-fell = { $metric } of { $place } fell by { $change } to { $value } in { $quarter }
alert-share-passed = { $type } customers are { $share } of { $place } in { $quarter }
alert-complaint-overdue = Complaint { $complaint } of customer { $customer } is not resolved after { $hours } hours
alert-complaint-unheard = Complaint { $complaint } of customer { $customer } is not acknowledged after { $hours } hours
alert-customer-defecting = Customer { $customer } of class { $class } turned defecting in { $quarter }
alert-action-overdue = The action “{ $title }” for { $place } was due on { $due }
alert-job-gave-up = The job { $job } of { $period } gave up after { $attempts } attempts
alert-share = Share of the classified
alert-bound = Bound
alert-type-customers = Customers of the type
alert-made = Made
alert-hours-allowed = Hours allowed
alert-type-before = Type before
alert-class-before = Class before
alert-class-now = Class now
alert-satisfaction = Latest satisfaction, of 10
alert-turnover = Turnover of the window
alert-action = Action
alert-due = Due
alert-state = State
alert-index = Index
alert-run = Run
alert-what-to-do = What to do
alert-mend-the-job = `rapport jobs` says why; mend that and run the job again

# the columns of the attached tables
table-quarter = quarter
table-dimension = dimension
table-segment = segment
table-segment-name = segment name
table-metric = metric
table-metric-name = metric name
table-value = value
table-lower = lower
table-upper = upper
table-n = n
table-change = change
table-significant = significant
table-type = type
table-type-name = type name
table-customers = customers
table-share = share
table-revenue = revenue
table-profit = profit
table-all-customers = all customers
