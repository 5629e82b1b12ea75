# employees and channel partners
page-people = People

people-lead = How satisfied employees and channel partners are, unit by unit, and whether the customers of a unit are better off where they are.
people-none = No employees and no partners were asked in this quarter.
people-metric = Index
people-show = Show
people-who = Who
people-unit = Unit
people-units-title = Index by unit
people-all-units = All units
people-note = A unit is a segment of customers. Nothing is known of who answered but the unit, and units with too few answers show no value. Beside it stand the index of the unit's customers and the share of them who stayed.
people-customers-index = Customers' index
people-customers-stay = Customers who stay
people-linkage = How theirs goes together with the customers'
people-own = Index of theirs
people-customers = Of the customers
people-lag = Quarters later
people-slope = Slope
people-units = Units
people-linkage-note = r: Pearson's correlation over the units of a dimension, with its interval by Fisher's z. Slope: what a point more of their index goes with in points of the customers' index, or in the share of customers who stay. The customers are those of this quarter, the employees and partners those of so many quarters before. To go together is not to cause.
people-rule = Employees and channel partners: units of fewer than { $base } answers are suppressed; linkage takes five units or more that have both figures, each unit once.

unlinked-not_published = the earlier quarter is not published
unlinked-too_few = fewer than five units have both figures
unlinked-no_difference = the units do not differ

kind-linkage = People and customers by unit
chart-linkage-up = where they are more satisfied, so are the customers
chart-linkage-down = where they are more satisfied, the customers are less so
chart-linkage-open = no linkage with the customers beyond chance
chart-linkage-base = r = { $r } ({ $lower } to { $upper }) · n = { $n } units
chart-linkage-story = { $unit }: { $own } of theirs, { $customers } of the customers
chart-rule-linkage = Units: { $dimension }, each counts once; Pearson's correlation with its 95 % interval; the line is of least squares. To go together is not to cause.
