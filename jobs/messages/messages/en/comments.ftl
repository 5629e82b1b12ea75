# What customers say, in the four ways they are asked.

page-comments = Comments
comments-ways = Four ways of asking
comments-ways-lead = The same customers, asked in four ways. Where the ways agree the finding stands; where they do not, the question needs a second look.
comments-way = Way of asking
way-direct = Direct rating
    .about = how satisfied are you?
way-expected = Expected against received
    .about = what did you expect, and what did you get?
way-problems = Problems and suggestions
    .about = what went wrong, and what would you change?
way-importance = Importance and performance
    .about = how much does it matter, and how good is it?
comments-ways-note = Rates are of the customers heard in the quarter, by an answer or a remark. Importance and performance, question by question:
comments-problems = Problems by theme
comments-suggestions = Suggestions by theme
comments-no-themes = No problem and no suggestion was recorded in this quarter.
comments-theme = Theme
comments-named = Times named
comments-themes-note = heard in the quarter, by an answer or a remark: the base of the shares. A customer counts once for each theme.
comments-words = In their own words
comments-contains = Contains
comments-origin = Said with
comments-search = Search
comments-none = Nothing was said in this quarter that matches.
comments-at = When
comments-text = Words
