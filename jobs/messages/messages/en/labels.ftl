# The field's own words, which charts, pages, mails and the API share. A family's messages are named FAMILY-WORD after
# the words that are stored; `.about` says in a line what a word means.

all-customers = All customers
provisional = Provisional
final = Final

metric-csat = Overall satisfaction
    .about = mean of the overall item, 0–100
metric-top2 = Top-box satisfaction
    .about = share of answers in the top two boxes
metric-nps = Net promoter score
    .about = promoters less detractors, −100 to 100
metric-promoters = Promoters
    .about = share of 9 and 10 of 0–10
metric-detractors = Detractors
    .about = share of 0 to 6 of 0–10
metric-ces = Customer effort
    .about = mean of the effort item, 0–100
metric-csi = Satisfaction index
    .about = weighted mean of the satisfaction items, 0–100
metric-satisfaction = Structural satisfaction index
    .about = index of the structural model, 0–100
metric-expectation = Expectations
    .about = index of the structural model, 0–100
metric-quality = Perceived quality
    .about = index of the structural model, 0–100
metric-value = Perceived value
    .about = index of the structural model, 0–100
metric-complaints = Complaint handling
    .about = index of the structural model, 0–100
metric-loyalty = Loyalty
    .about = index of the structural model, 0–100
metric-complaint_rate = Complaint rate
    .about = share of customers that complained
metric-disconfirmation = Disconfirmation
    .about = quality less expectation, −100 to 100
metric-delivered_value = Delivered value
    .about = total customer value less total cost
metric-easy = Found it easy
    .about = share of answers
metric-csi_stated = Attribute index by stated importance
    .about = mean of the drivers, 0–100
metric-csi_derived = Attribute index by derived importance
    .about = mean of the drivers, 0–100
metric-image = Image
    .about = index of the structural model, 0–100
metric-concept = Satisfaction with the concept
    .about = what the company stands for, 0–100
metric-behaviour = Satisfaction with the behaviour
    .about = how the company acts, 0–100
metric-visual = Satisfaction with what is seen
    .about = what is seen of the company, 0–100
metric-below_expectation = Expectations not met
    .about = share of answers
metric-at_expectation = Expectations met
    .about = share of answers
metric-above_expectation = Expectations exceeded
    .about = share of answers
metric-total_value = Total customer value
    .about = mean of its components, 0–100
metric-total_cost = Total customer cost
    .about = mean of its components, 0–100
metric-retention_rate = Retention rate
    .about = share of those active in the quarter before who stayed
metric-silent_rate = Dissatisfied and silent
    .about = share of the dissatisfied who never complained
metric-hours_to_acknowledge = Hours to acknowledge
    .about = mean of the complaints acknowledged in the quarter
metric-hours_to_resolve = Hours to resolve
    .about = mean of the complaints resolved in the quarter
metric-faultless = Handled without a fault
    .about = share of the complaints received in the quarter
metric-handled_satisfied = Satisfied after handling
    .about = share of the customers asked in the quarter
metric-repurchase_on_the_spot = Stayed: resolved on the spot
    .about = share of those who complained long enough ago to tell
metric-repurchase_later = Stayed: resolved later
    .about = share of those who complained long enough ago to tell
metric-repurchase_unresolved = Stayed: never resolved
    .about = share of those who complained long enough ago to tell
metric-told = Others told
    .about = by each customer asked, as the rules assume
metric-reached = Others within reach
    .about = of the dissatisfied among those asked, as the rules assume
metric-problem_rate = Named a problem
    .about = share of those heard in the quarter
metric-suggestion_rate = Made a suggestion
    .about = share of those heard in the quarter

loyalty-loyal = Loyal
    .about = satisfied and staying
loyalty-mercenary = Mercenary
    .about = satisfied, buys on price
loyalty-hostage = Hostage
    .about = not satisfied, stays for want of choice
loyalty-defecting = Defecting
    .about = not satisfied and leaving
loyalty-unclassified = Unclassified
    .about = an axis is unknown

subtype-apostle = Apostles
    .about = loyal, at the top of both axes, and recommending
subtype-terrorist = Terrorists
    .about = defecting, at the bottom of both axes, and complaining

basis-contract = contract
basis-purchases = repeat purchases
basis-intention = stated intention

class-a = Class A
    .about = high turnover, high profitability
class-b = Class B
    .about = high turnover, low profitability
class-c = Class C
    .about = low turnover, low profitability
class-d = Class D
    .about = low turnover, high profitability
class-unclassified = Unclassified
    .about = no turnover, or a cost is unknown

scheme-loyalty = Loyalty types
scheme-loyalty_subtype = Apostles and terrorists
scheme-value_class = Value classes
scheme-growth = Worth and potential
scheme-size = Size by turnover
scheme-lifecycle = Phase of the relationship
scheme-complaint = Complaint iceberg
scheme-stage = Stage on the way to loyalty

growth-most_valuable = Most valuable
    .about = the highest value
growth-most_growable = Most growable
    .about = the highest unrealised potential of the rest
growth-below_zero = Below zero
    .about = cost more than they bring, and so would the best of their like
growth-other = Others
    .about = none of these
growth-unclassified = Unclassified
    .about = nothing is known of their value

size-vip = VIP
    .about = the few at the top
size-large = Large
    .about = above the medium
size-medium = Medium
    .about = above the small
size-small = Small
    .about = the many
size-unclassified = Unclassified
    .about = never bought

lifecycle-exploration = Exploration
    .about = the first purchases
lifecycle-build_up = Build-up
    .about = buy more, or more often
lifecycle-maturity = Maturity
    .about = buy in a rhythm
lifecycle-decline = Decline
    .about = stay away longer than usual, or have probably left
lifecycle-unclassified = Unclassified
    .about = never bought

stage-suspect = Suspect
    .about = might buy one day
stage-prospect = Prospect
    .about = found able and willing to buy
stage-first_time = First-time customer
    .about = has bought once
stage-repeat = Repeat customer
    .about = has bought again
stage-client = Client
    .about = buys as a habit
stage-advocate = Advocate
    .about = a client who recommends
stage-unclassified = Unclassified
    .about = no purchase and no contract is recorded

zone-defection = Zone of defection
zone-indifference = Zone of indifference
zone-affection = Zone of affection

quadrant-concentrate_here = Concentrate here
    .about = important, and performs below the others
quadrant-keep_up = Keep up the good work
    .about = important, and performs
quadrant-low_priority = Low priority
    .about = matters little, performs little
quadrant-possible_overkill = Possible overkill
    .about = performs, and matters little

model-weighting = Weighting
model-structure = Structural model
model-drivers = Drivers
model-purchases = Purchases and leaving
model-spend = Value of a purchase
model-lifetime = Lifetime value
model-concentration = Concentration of turnover
model-retention = Retention by satisfaction
model-contracts = Length of contracts

outcome-fitted = Estimated
outcome-warned = Estimated, with a warning
outcome-too_few = Too few answers
outcome-failed = Not estimated

curve-lorenz = Lorenz curve of turnover
curve-whale = Whale curve of profit
curve-retention = Retention by satisfaction
curve-renewal = Renewals

path-path = Path coefficient
path-total_effect = Total effect
path-importance = Importance
path-weight = Weight
path-normalised_weight = Weight in the index
path-loading = Loading
path-index = Index
path-r_squared = R²
path-r_squared_adjusted = R², adjusted
path-alpha = Cronbach’s α
path-alpha_raw = Cronbach’s α of the answers
path-rho_a = ρA
path-rho_c = Composite reliability
path-ave = Average variance extracted
path-correlation = Correlation
path-htmt = Heterotrait–monotrait ratio
path-goodness_of_fit = Goodness of fit

severity-low = Low
severity-medium = Medium
severity-high = High

risk-functional = Functional
risk-financial = Financial
risk-psychological = Psychological
risk-social = Social
risk-safety = Safety

run-queued = Waits
run-running = At work
run-published = Published
run-done = Done
run-superseded = Overtaken by newer data
run-retry = Will be tried again
run-dead = Given up
run-cancelled = Taken back

role-viewer = Viewer
role-analyst = Analyst
role-operator = Operator

rule-index_fell = An index fell significantly
rule-share_passed = A customer type passed its bound
rule-complaint_overdue = A complaint is overdue
rule-customer_defecting = A valuable customer turned defecting
rule-action_overdue = An action is overdue
rule-job_gave_up = A job gave up

delivery-queued = Waits
delivery-delivered = Delivered
delivery-dead = Given up

job-backup = copies the SQLite database into the folder of backups
job-close-quarter = closes every quarter that is over, and again when late data came in
job-deliver = brings alerts and reports to their subscribers, by e-mail and webhook
job-import = imports the mappings of the settings
job-prune = clears away replaced provisional revisions, old runs, and what broken-off runs left
job-refresh-quarter = closes the current quarter provisionally
job-verify = computes the newest revision of every quarter again and compares it bit for bit
job-watch = finds what somebody should know of: fallen indexes, overdue complaints, customers who turn

audience-customer = Customers
audience-employee = Employees
audience-partner = Partners

answer-mode-online = Online
answer-mode-in_person = In person
answer-mode-mail = By mail
answer-mode-phone = By phone

answer-facet-mode = Mode of answering
answer-facet-channel = Channel

measure-overall = Overall satisfaction
measure-recommend = Likelihood to recommend
measure-repurchase = Likelihood to buy again
measure-effort = Ease
measure-complained = Whether they complained

# what is added up of groups
added-customers = Customers
added-purchases = Purchases
added-revenue = Revenue
added-cost = Cost
added-profit = Profit
added-quantity = Quantity
added-window_purchases = Purchases in the window
added-window_revenue = Revenue in the window
added-window_profit = Profit in the window
added-satisfaction = Satisfaction, of 10
added-intention = Intention to stay, of 10
added-recommend = Likelihood to recommend, of 10
added-complained = Complained
added-staying = Staying
added-won_back = Won back
added-p_alive = Probability of still being there
added-expected_purchases = Expected purchases
added-lifetime_value = Lifetime value
added-word_of_mouth = Value of word of mouth
added-referral_value = Value of referrals
added-complaints = Complaints
added-resolved = Resolved
added-hours_to_resolve = Hours to resolve
added-hours_to_acknowledge = Hours to acknowledge
added-faultless = Handled without fault
added-satisfied = Satisfied with the outcome
added-reopened = Reopened

origin-answer = With an answer
origin-problem = Problem
origin-suggestion = Suggestion
origin-complaint = Complaint

remark-problem = Problem
remark-suggestion = Suggestion

complaint-dissatisfied = Dissatisfied
    .about = below the satisfaction cut
complaint-complained = Complained
    .about = on record or by answer
complaint-acknowledged = Acknowledged
    .about = somebody took it up
complaint-resolved = Resolved
    .about = all complaints closed
complaint-kept = Kept
    .about = bought again, or contract runs
complaint-undecided = Not known yet
    .about = too early to tell whether they stay

construct-expectation = Expectations
construct-quality = Perceived quality
construct-value = Perceived value
construct-satisfaction = Satisfaction
construct-complaints = Complaints
construct-loyalty = Loyalty
construct-image = Image

case-received = Received
case-acknowledged = Acknowledged
case-in_work = In work
case-resolved = Resolved
case-confirmed_satisfied = Confirmed: satisfied
case-confirmed_dissatisfied = Confirmed: dissatisfied
case-closed = Closed

event-acknowledged = Acknowledged
event-in_work = Taken up
event-resolved = Resolved
event-confirmed_satisfied = Customer satisfied
event-confirmed_dissatisfied = Customer not satisfied
event-closed = Closed
event-reopened = Reopened
event-listened = Listened
event-apologised = Apologised
event-restated = Restated the complaint
event-empathised = Showed understanding
event-compensated = Compensated
event-made_sure = Made sure of satisfaction
event-promised_not_done = Promised and not done
event-blamed_customer = Blamed the customer
event-broke_promise = Broke a promise
event-no_reaction = No reaction
event-impolite = Impolite
event-passed_on = Passed on to others
event-closed_gestures = Closed gestures
event-interrogated = Interrogated
event-promise = Promise
event-note = Note

event-sort-move = Move
event-sort-step = Step of handling
event-sort-fault = Fault in handling
event-sort-promise = Promise
event-sort-note = Note

deadline-acknowledge = To acknowledge
deadline-resolve = To resolve

# moves of a case, as buttons
move-acknowledged = Acknowledge
move-in_work = Take up
move-resolved = Resolve
move-confirmed_satisfied = Confirm: satisfied
move-confirmed_dissatisfied = Confirm: not satisfied
move-closed = Close
move-reopened = Reopen
