# The words of the drawings. What a family's messages are named after stands in labels.ftl.

kind-index-trend = Index trend
kind-segments = Segments side by side
kind-nps = Net Promoter Score
kind-drivers = Drivers of satisfaction
kind-importance-performance = Importance–performance grid
kind-structural-model = Structural model
kind-loyalty-matrix = Satisfaction–loyalty matrix
kind-transitions = Movements between loyalty types
kind-retention-curve = Retention by satisfaction
kind-cohorts = Cohort retention
kind-value-classes = Value classes
kind-value-pyramid = Value pyramid
kind-pareto = Concentration of turnover and profit
kind-complaint-iceberg = Complaint iceberg

chart-revision = revision { $revision }
chart-range = { $low } to { $high }
chart-axis-whole = Axis shows the full scale, { $whole }
chart-axis-part = Axis shows { $shown }; the full scale is { $whole }
chart-base-too-small = base too small
chart-no-data = no data
chart-no-quarters = no quarters yet
chart-no-quarters-yet = There are no quarters to show yet
chart-found-in = { $found } in { $quarter }
chart-nothing-in = { $found } in { $quarter }
chart-n-classified = n = { $n } classified, { $others } unclassified
chart-none-classified = no customers classified
chart-shares-unknown = shares not known
chart-heads = customers
chart-customers = Customers
chart-revenue = Revenue
chart-of-revenue = of revenue
chart-revenue-in = Revenue, { $unit }
chart-profit-in = Profit, { $unit }
chart-in-all = { $figure } in all
chart-low = low
chart-high = high
chart-not-significant = not significant

# index trend
chart-shaded = Shaded: the interval.

# segments
chart-n-segments = { $n } segments
chart-no-segments = There are no segments to show yet
chart-segments-found = from { $low } to { $high }, by segment
chart-dashes-all = Dashes: all customers in the newest quarter, { $value }.
chart-segments-left-out = { $n } more segments are not shown here; the table has them

# nps
chart-nps-score = Score: promoters − detractors, in points; shaded: its interval.
chart-share-of-answers = Share of answers
chart-passives = Passives

# drivers
chart-drivers = Drivers of satisfaction
chart-no-drivers = too few answers to tell
chart-importance = Importance, with the sign of its effect
chart-explained = explain { $share } of the variance
chart-strongest = the strongest driver, { $share } of the variance
chart-strongest-coefficient = the strongest driver, { $value }
chart-pale-bars = Pale: not told from nothing at the { $level } level
chart-drivers-left-out = { $n } weaker drivers are not shown
chart-importance-axis = Importance ↑
chart-performance-axis = Performance, mean on 0–100 → (the crosshair's values in the middle)
chart-focus = important, and performs below the others
chart-focus-and-others = first to improve, { $others } more like it
chart-no-focus = nothing important performs below the others
chart-driver-story = { $name }: importance { $importance }, performance { $performance }, { $quadrant }
chart-labels-left-out = Points without room for their names: { $n }; the table has them

# structural model
chart-model = Structural model
chart-no-model = too few answers to estimate the model
chart-model-explains = the model explains { $share } of it
chart-model-remark = Boxes: index and R²; thicker is stronger; dashed: the interval includes 0

# loyalty
chart-satisfaction = Satisfaction
chart-loyalty = Loyalty
chart-loyal-share = { $share } of classified customers are loyal
chart-matrix-shares = Per cent of classified customers, and of their revenue
chart-transitions = Loyalty types
chart-stayed-loyal = { $kept } of { $loyal } loyal customers stayed loyal
chart-none-were-loyal = nobody was loyal in the quarter before
chart-no-moves = there is no quarter before to compare with
chart-new-or-unclassified = New or unclassified
chart-new = New
chart-moves-left-out = { $n } customers in no type before and now are left out

# retention
chart-retention = Retention
chart-no-retention = too few answers to tell
chart-retention-zones = { $low } stay in the zone of defection, { $high } in the zone of affection
chart-retention-top = { $share } of those stay who gave { $score } of 10
chart-zone-stays = { $share } stay
chart-stayed = Share that stayed, with its interval.
chart-satisfaction-then = Satisfaction in the quarter before, of 10
chart-smoothed = Grey line: smoothed so that it never falls

# cohorts
chart-cohorts = Cohorts
chart-n-cohorts = { $n } customers by quarter of the first purchase
chart-cohort-found = { $share } of those won in { $quarter } bought { $age } quarters later
chart-no-cohorts = nobody has bought yet
chart-bought-again = Share that bought, by quarters since the first purchase
chart-age-zero = first quarter
chart-cohorts-left-out = { $n } earlier cohorts are not shown here; the table has them

# value
chart-high-turnover = High turnover
chart-low-turnover = Low turnover
chart-high-profitability = high profitability
chart-low-profitability = low profitability
chart-turnover-high = Turnover is high from { $amount }
chart-profitability-high = profitability from { $rate }
chart-class-a = { $share } of customers, { $a } of { $all } { $unit } revenue
chart-class-a-revenue = { $a } of { $all } { $unit } revenue
chart-pyramid = Most valuable customers
chart-pyramid-found = { $share } of customers; { $below } cost more than they bring
chart-pyramid-remark = Shares of the customers whose value is known; bars of each column on a scale of its own

# concentration
chart-concentration = Turnover
chart-n-buyers = n = { $n } buyers
chart-no-concentration = too few buyers to tell
chart-top-fifth = 20% of buyers bring { $share }
chart-top-fifth-brings = 20% of buyers bring { $share } of it
chart-gini = Gini { $gini }
chart-even-spread = evenly spread
chart-turnover-share = Share of turnover, the best buyers first
chart-customers-share = Share of buyers
chart-profit-added = Profit added up, the most profitable first
chart-profit-added-in = Profit added up, the most profitable first, { $unit }
chart-profit-unknown = The costs of some purchases are not known
chart-whale = { $customers } of buyers make { $share } of the profit
chart-whale-peak = { $amount } at the highest

# rules
chart-rule-nps = Promoters (9–10) less detractors (0–6) of 0–10; 95% interval; bases under { $base } suppressed
chart-rule-csi = Mean of the satisfaction questions on 0–100, of those who answered all; 95% interval; bases under { $base } suppressed
chart-rule-mean = Mean on 0–100; 95% interval; bases under { $base } suppressed
chart-rule-loyalty = Satisfied: latest overall answer of { $window } quarters at least { $satisfied } of 10; staying: contract runs, or at least { $purchases } purchases in { $window } quarters and one in the last { $active }; without either, intention at least { $intending } of 10
chart-rule-value-medians = Turnover and profit ÷ turnover of { $window } quarters; cuts at the medians of the customers with turnover
chart-rule-value-cuts = Turnover and profit ÷ turnover of { $window } quarters; cuts set by the company
chart-rule-shapley = Importance: Shapley's share of the variance of overall satisfaction
chart-rule-relative-weight = Importance: Johnson's share of the variance of overall satisfaction
chart-rule-beta = Importance: standardised coefficient, the other drivers held
chart-rule-correlation = Importance: correlation with overall satisfaction
chart-rule-grand-means = the crosshair stands at the means of the drivers
chart-rule-scale-midpoint = the crosshair stands at the middle of the scale
chart-rule-model = PLS path modelling, standardised coefficients with 95% intervals; segments of fewer than { $base } answers have indexes alone
chart-rule-retention = Of those who stayed in the quarter before: contract runs, or repeat purchases; scores given by fewer than { $base } are not shown
chart-rule-cohorts = By quarter of the first purchase; there is who bought in that very quarter
chart-rule-pyramid = By lifetime value less cost to serve: the top { $valuable } are most valuable; the next { $growable } by unrealised potential are most growable
chart-rule-concentration = Turnover and profit of { $window } quarters, of those who bought
chart-rule-complaints = Dissatisfied: latest overall answer of { $window } quarters under { $cut } of 10; resolved: all complaints on record closed; kept: contract runs, or bought after the complaint; lost only after { $active } quarters without a purchase

# complaints
chart-iceberg = Dissatisfied customers
chart-n-dissatisfied = n = { $n } dissatisfied
chart-none-dissatisfied = nobody was dissatisfied
chart-complaints-unknown = whether they complained is not recorded
chart-silent-share = { $share } of them did not complain
chart-complained = { $n } complained, { $share }
chart-silent = { $n } said nothing, { $share }
chart-of-dissatisfied = Of the dissatisfied
chart-not-recorded = not recorded
chart-of-stage-before = { $share } of the stage before
chart-undecided = { $n } not known yet
