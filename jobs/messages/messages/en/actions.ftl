# improvement actions and what they did
page-actions = Actions

action-planned = Planned
action-in_work = In work
action-done = Done
action-abandoned = Abandoned

action-event-opened = Opened
action-event-in_work = Taken up
action-event-done = Done
action-event-abandoned = Abandoned
action-event-corrected = Corrected by its source
action-event-note = Note

action-move-in_work = Take up
action-move-done = Done
action-move-abandoned = Abandon

action-origin-driver = Driver
action-origin-segment = Segment
action-origin-complaint = Complaints
action-origin-index = Index

verdict-improved = Improved
    .about = better than the comparable segments, by more than chance
verdict-worsened = Worsened
    .about = worse than the comparable segments, by more than chance
verdict-no_difference = No difference
    .about = the interval holds 0
verdict-cannot_tell = Cannot be told
    .about = the base is too small to tell

untold-no_quarter_before = no quarter before it took effect is published
untold-not_measured = the index is not measured in one of the two quarters
untold-base_too_small = the segment’s own base is too small in one of the two quarters
untold-no_comparable = there is no segment of the same dimension without an action on this index
untold-few_comparable = fewer than four comparable segments have a base large enough
untold-too_wide = the interval holds both no effect and the one expected

actions-none = No actions yet.
actions-title = Action
actions-owner = Owner
actions-due = Due
actions-overdue = overdue
actions-index = Index
actions-for = For
actions-from = Takes effect from
actions-expected = Expected effect
actions-state = State
actions-origin = Opened from
actions-origin-quarter = Figures of
actions-origin-reference = Driver, risk or index it is opened from
actions-abandoned-in = Abandoned in
actions-effect = Measured effect
actions-effects = What it did, quarter by quarter
actions-effects-note = The change of the index since the last published quarter before the action took effect, less the mean change of the comparable segments: those of the same dimension without an action on this index. Difference in differences with a 95 % interval; four comparable segments are the least, and one whose base is too small to be compared is not counted.
actions-no-effects = No quarter since it takes effect is closed.
actions-change = Index before → now
actions-expected-change = Change of comparable segments
actions-interval = 95 % interval
actions-base = n before · now
actions-comparable = Comparable segments
actions-verdict = Verdict
actions-history = What happened
actions-who = Who
actions-move = Move the action
actions-note = Note
actions-note-button = Note it
actions-new = A new action
actions-new-button = Open the action
actions-open-one = Open an action
actions-to-do = Still to be done
actions-measured = Effects measured this quarter
actions-all = All actions
