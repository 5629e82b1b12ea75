# playbooks: a card for every class of every scheme, and the pages that show them

page-playbooks = Playbooks
playbooks-lead = What to do for customers of each class: a card says what the class means, where the work lies, and how to serve, speak, and avoid mistakes. The cards are shipped with text from the common literature; operators can put the company's own in its place, and every version stays readable.
playbooks-card = Card
playbooks-own = own text
playbooks-uncounted = No prospects, or too few to be told apart, are recorded of this quarter; the cards tell what each grade asks for.
playbooks-apply = Cards that apply
playbooks-apply-note = The customer's classes in { $text }. A class that is not known has no card.
playbooks-whole = The whole card
playbooks-source = After { $text }
playbooks-count = How many customers
playbooks-base = Customers of the segment
playbooks-shares = Shares are of the classified customers of the segment; apostles and terrorists are counted among the loyal and the defecting.
playbooks-version = Version
playbooks-shipped = shipped
playbooks-versions = Versions
playbooks-written-at = Written
playbooks-written-by = By
playbooks-text = Text
playbooks-edit = Edit the card
playbooks-edit-note = Saving makes a new version in this language; the earlier ones stay readable. If somebody else saved meanwhile, nothing is lost and you are told.
playbooks-save = Save as a new version
playbooks-restore = Put the shipped text back
playbooks-methods = What to do for each class:
playbooks-show = Show the text

scheme-prospect = Grades of prospects
prospect-a = Prospect A
    .about = most likely to close
prospect-b = Prospect B
    .about = likely, with a step still open
prospect-c = Prospect C
    .about = possible, not now
prospect-d = Prospect D
    .about = unlikely to close

card-part-meaning = What it means
card-part-focus = Focus of the work
card-part-service = Service level
card-part-communication = Communication
card-part-skill = Skill asked of the manager
card-part-avoid = What to avoid
card-part-together = Who to bring together

playbook-loyalty = By satisfaction and staying: who comes back because they want to, and who because they must.
    .source = T. O. Jones and W. E. Sasser, Why Satisfied Customers Defect, Harvard Business Review, 1995
playbook-loyalty_subtype = The extremes of two types: few, but everybody hears them.
    .source = T. O. Jones and W. E. Sasser, Why Satisfied Customers Defect, Harvard Business Review, 1995; F. F. Reichheld, The One Number You Need to Grow, Harvard Business Review, 2003
playbook-value_class = By turnover and profitability: how much they buy, and what is left of it.
    .source = B. P. Shapiro and others, Manage Customers for Profits (Not Just Sales), Harvard Business Review, 1987; W. Reinartz and V. Kumar, The Mismanagement of Customer Loyalty, Harvard Business Review, 2002
playbook-growth = By what a customer is worth and could be worth.
    .source = D. Peppers and M. Rogers, The One to One Future, 1993, and Managing Customer Relationships, 2004
playbook-size = By turnover: the few at the top, and the many.
    .source = V. A. Zeithaml, R. T. Rust and K. N. Lemon, The Customer Pyramid, California Management Review, 2001
playbook-lifecycle = By the phase of the relationship: a stranger is courted otherwise than an old partner.
    .source = F. R. Dwyer, P. H. Schurr and S. Oh, Developing Buyer–Seller Relationships, Journal of Marketing, 1987
playbook-stage = By the step on the way to loyalty: each step has its own next one.
    .source = J. Griffin, Customer Loyalty: How to Earn It, How to Keep It, 1995
playbook-prospect = By how likely a prospect is to close: need, means, authority and time.
    .source = P. Kotler and K. L. Keller, Marketing Management, on qualifying leads

card-loyalty-loyal =
    .meaning = Satisfied and staying. They buy again unasked, forgive a slip, and carry most of the profit of the years ahead.
    .focus = Find out in their own words what keeps them, and keep exactly that. Widen the relationship one fitting product at a time.
    .service = The full standard without exception: an answer within one working day, a contact known by name, every promise kept to its date.
    .communication = A personal conversation every quarter about their plans, not about an offer. Tell them what was changed because of their answers.
    .skill = Listening and steadiness: knows the history without looking it up, and notices a falling score or a longer gap before the customer mentions it.
    .avoid = Taking them for granted, and giving newcomers better terms. A discount nobody asked for teaches them to wait for the next one.
    .together = Their users with the product team; their buyers, as references, with undecided ones of the same trade.

card-loyalty-mercenary =
    .meaning = Satisfied, but without ties. They follow the better price or the newer thing, and leave without a complaint.
    .focus = Earn a margin on every order. Look for the few who value something besides price, such as speed or convenience, and build ties with these.
    .service = Quick, faultless and standardised, by self-service where that will do. No favour that the price of the order does not pay for.
    .communication = Short messages with a reason to act now: terms by volume, benefits that grow with time. After a lost order ask which offer won.
    .skill = Calculates while talking: knows the lowest margin, negotiates packages instead of prices, and can let an order go.
    .avoid = A price war, and loyalty money paid in advance. Do not mistake their high scores for loyalty: leaving costs them nothing.
    .together = The buyer with those who use the goods, for whom a switch has a price; sales with finance, to agree the lowest terms beforehand.

card-loyalty-hostage =
    .meaning = Not satisfied, and held by a contract, a sole source or the cost of switching. They leave on the day a choice appears, and speak badly until then.
    .focus = Remove their first three reasons for dissatisfaction before the contract ends or a competitor arrives. Count them as at risk, whatever they buy today.
    .service = Above what the contract demands: each complaint goes to a named person, who answers the same day with a date for the remedy.
    .communication = Say openly what is wrong and what will be done by when, and confirm each step. Ask again after the remedy, not at the next survey.
    .skill = Takes anger without defending, carries a problem across departments, and may make amends without asking.
    .avoid = Arguing with the contract, raising prices because they cannot leave, and answering with forms.
    .together = Their dissatisfied users with whoever can change the cause, in operations, product or accounting; the two managements once a quarter.

card-loyalty-defecting =
    .meaning = Not satisfied and on the way out: they buy less or nothing more, for reasons that others may share.
    .focus = First learn the reason. Then decide who is worth winning back: by lifetime value, and by whether the cause can be cured.
    .service = A recovery case with a deadline: contact within two working days, one offer that cures the cause, a check after thirty days.
    .communication = A call by somebody with authority, who asks before offering. To those who leave all the same: thanks, an open door, and no more mail until there is news about their reason.
    .skill = Calm, honest and quick: finds the cause, apologises without excuses, and knows when to stop.
    .avoid = The same discount for all who leave, several people calling about one matter, and obstacles at the exit.
    .together = Sales, service and quality in a monthly review of losses; the customer with the specialist for the cause they named.

card-loyalty_subtype-apostle =
    .meaning = Delighted, staying and recommending. They bring customers whom no advertising reached, and are believed more than any campaign.
    .focus = Make recommending easy, and ask for it at the moment of delight. Learn what their best experience was, and give it to others.
    .service = The best there is, with small personal surprises and early access to what is new.
    .communication = Thank them by name, tell them what became of their recommendation, and let somebody senior keep the contact.
    .skill = Enthusiasm with tact: asks for a recommendation without turning a friendship into a trade.
    .avoid = Wearing them out with requests, paying for praise, and quietly cutting the very service that delights them.
    .together = Apostles with prospects, and with one another: a circle of users, visits on site, a customer board.

card-loyalty_subtype-terrorist =
    .meaning = Had an experience so bad that they tell it at every chance. Few, loud, and heard by many.
    .focus = Contain and cure: answer at once, repair what can be repaired, and take the cause out of the process for everybody else.
    .service = An urgent case on management's desk: a reply within hours, one person free to decide, the remedy in writing.
    .communication = Hear them out, apologise for what happened, say what follows, and keep to it. In public answer once, with facts, and continue in private.
    .skill = Steady under attack: separates the fact from the tone, and may decide about amends on the spot.
    .avoid = Public arguments, threats, standard letters and silence: each becomes the next story. Not every one of them can be kept at any price.
    .together = The customer with somebody of rank who had no part in it; service, communications and legal behind one voice.

card-value_class-a =
    .meaning = Buy much and pay well: the core of the business, and the first aim of every competitor.
    .focus = Hold what there is. Plan each account for a year, watch satisfaction and share of purchases, and look into any fall the same week.
    .service = First in every queue: a dedicated manager with a deputy, agreed response times, reserved capacity.
    .communication = A review with their decision makers every quarter, joint planning once a year. Bad news reaches them from you first.
    .skill = An adviser at eye level: understands their business and their figures, and can move the whole house for them.
    .avoid = Changing their contact person often, trying out new processes on them, and spending all the time on louder, smaller accounts.
    .together = Management with management, specialist with specialist: several ties, so that no single departure breaks the relationship.

card-value_class-b =
    .meaning = Buy much at a thin margin: they fill the capacity, and the profit leaks away in discounts, exceptions and service.
    .focus = Raise the margin without losing the volume: cost of service per account, mix, minimum orders, charges for extras.
    .service = Good and strictly as agreed. What goes beyond the agreement has a price, or something in return.
    .communication = Argue with figures: show the total cost and the benefit instead of the unit price, and prepare each negotiation with a walk-away point.
    .skill = A negotiator who knows the costs: trades concession for concession, and stays friendly while saying no.
    .avoid = Paying for turnover by bonuses on volume alone, and granting exceptions that become the rule.
    .together = Logistics with logistics and planning with planning: shared forecasts and larger orders take cost out for both sides.

card-value_class-c =
    .meaning = Buy little and bring little. Most are small by nature; a few are only small so far.
    .focus = Simplify: standard goods, standard terms, few contacts. Search twice a year for those with signs of growth, and move them up.
    .service = Self-service, a help desk without a personal contact, delivery in fixed windows.
    .communication = Automatic and useful: order confirmations, tips, reminders. A person comes in only when they ask or when something goes wrong.
    .skill = Organising rather than visiting: designs processes that serve a thousand at the cost of ten.
    .avoid = Expensive visits, special treatment out of habit, and rudeness: the small tell others too.
    .together = Many with many: webinars, user forums, dealers or partners who can serve them at lower cost.

card-value_class-d =
    .meaning = Buy little but pay well: often specialists, or companies that give their volume to somebody else.
    .focus = Grow: learn what share of their need you have, find what keeps the rest away, and offer the next product that fits.
    .service = Better than their volume suggests: quick samples, advice, and reliability in small lots.
    .communication = Questions about their applications and plans, examples from customers like them; a personal contact at every sign of need.
    .skill = Curiosity: finds unmet needs, links them to the range, and has patience between orders.
    .avoid = Cutting the price to win volume: it turns a D into a B. Leaving them unvisited because the list is sorted by turnover.
    .together = Their technicians with your application experts; their purchasing with a reference customer who has already moved more volume over.

card-growth-most_valuable =
    .meaning = The highest lifetime value: a small part of all customers brings the greater part of future profit.
    .focus = Retention before everything else: know the probability that each of them leaves, and act before it rises.
    .service = Individual: their preferences are on record, and nobody asks them twice for what they have already said.
    .communication = A dialogue they can steer: they choose channel and frequency, and each contact builds on the last.
    .skill = Thinks in years, not in quarters: invests in trust, and defends the customer's interest inside the company.
    .avoid = Treating everybody alike, selling hard at the end of a quarter, and testing how much they will put up with.
    .together = One team for one customer: sales, service and product share one view and one plan; the customer helps to shape what comes.

card-growth-most_growable =
    .meaning = Today's value is moderate, the unrealised potential high: they could buy more, other things, or longer.
    .focus = Share of wallet: find out what they buy elsewhere and why, and make one step of growth a year the plan.
    .service = Invest ahead of turnover: onboarding, training and trials for the next product, measured by what it brings in.
    .communication = Show, by their own use, what the next step would gain; follow each success with one clear proposal.
    .skill = Develops accounts: recognises needs early, calculates the customer's benefit, and wins inside sponsors.
    .avoid = Spreading the effort over all of them at once, selling what does not fit, and growing turnover without profit.
    .together = The customer with one who was like them two years ago; the account manager with product specialists.

card-growth-below_zero =
    .meaning = They cost more than they bring, and the best of their like would too: returns, special wishes, unpaid service.
    .focus = Bring them above zero, or part in good order: remove free extras, charge for effort, move them to a cheaper channel.
    .service = The minimum that was promised, self-service first; extra effort only against payment.
    .communication = Neutral and clear: explain new terms in good time, offer a choice between paying, simplifying and leaving.
    .skill = Firm and polite: knows the true cost, and does not let pressure make exceptions.
    .avoid = Subsidising them out of the margin of good customers, punishing them by bad service, and judging by a single bad year.
    .together = The customer with a partner whose costs fit; sales with finance and service, to agree one line.

card-growth-other =
    .meaning = Neither the top nor a burden: some drift upwards, some downwards, and for most it is open which way.
    .focus = Serve efficiently and sort: give each a cheap test of its potential, and decide by the answer whether to invest.
    .service = Reliable and standardised, with a clear way to more for those who want it.
    .communication = Campaigns to groups with a question in them; whoever answers with a need is called.
    .skill = Reads signals in data: notices who behaves like a valuable customer before the turnover shows it.
    .avoid = Forgetting them, and the opposite: individual care without a sign of potential.
    .together = Groups of similar needs with one specialist each; marketing with sales, to hand over a lead the same day.

card-size-vip =
    .meaning = The few at the top of turnover. Losing one of them shows in the quarter's figures.
    .focus = Secure the dependence on both sides: framework agreements, joint plans, and a written answer to "what if they left".
    .service = One contact for everything with a deputy, round-the-clock escalation, priority when goods run short.
    .communication = The general manager speaks to theirs at least twice a year; the account team every week.
    .skill = Leads without a title: co-ordinates all departments, and knows the customer's organisation chart and calendar.
    .avoid = Giving away the margin for the name, and depending on a single person on either side.
    .together = Both managements, both technical teams, both controllers: a steering meeting with an agenda and minutes.

card-size-large =
    .meaning = Large and still within reach of the top: together they often weigh more than the VIPs, and are courted less.
    .focus = Lift the best to the top: account plans for those with room to grow, and stable contracts for the others.
    .service = A fixed account manager for a limited number of accounts, agreed service levels, quarterly reports.
    .communication = A visit each quarter and a contact each month, with a proposal based on their own figures.
    .skill = Plans a portfolio: divides time by potential, and brings in specialists at the right moment.
    .avoid = Copying the treatment of VIPs without their margin, and letting them wait behind the VIPs every time.
    .together = Their department heads with your product managers; those of one industry at a yearly forum.

card-size-medium =
    .meaning = Regular business of middling size: enough to care about, too many for personal care all the time.
    .focus = Standardise the care and find the climbers: rising orders, new departments, new locations.
    .service = An inside sales team that knows them, answers within a working day, and a portal for orders and documents.
    .communication = A call each quarter by a plan, and news chosen by what they buy.
    .skill = Keeps many threads: works by lists and triggers, and recognises quickly what a call is worth.
    .avoid = Driving to those who could be called, and noticing losses only in the yearly comparison.
    .together = Inside sales with field sales, so that a climber is handed over; customers of like size in user groups.

card-size-small =
    .meaning = The many with little turnover each. As a group they spread risk, and among them are tomorrow's large ones.
    .focus = Lower the cost per order, and make starting and staying easy. Let the data find those who grow.
    .service = Self-service with good answers, clear delivery times, and a human being when it does not work.
    .communication = Automatic, in their language, and rarely: welcome, next purchase, reason to return.
    .skill = Thinks in processes: improves what a thousand experience instead of saving one order.
    .avoid = Concealed hurdles such as surcharges for small orders that nobody explained, and answering complaints with text blocks.
    .together = Small customers with partners or dealers nearby; the best questions of the help desk with the makers of the portal.

card-lifecycle-exploration =
    .meaning = The first purchases. Both sides are testing; leaving is easy and costs nothing.
    .focus = A faultless first experience and a second order soon. Find out what they expected, and whether it came true.
    .service = Guided start: a welcome, somebody who answers, a check shortly after delivery.
    .communication = Little, early and concrete: what happens next, whom to ask. Promise less than you keep.
    .skill = Wins trust: asks good questions, keeps small promises to the hour.
    .avoid = Asking for long contracts or large volumes at once, and silence after the first order.
    .together = The new customer with the person who will serve them, not only with the one who sold.

card-lifecycle-build_up =
    .meaning = They buy more, or more often, and both sides see an advantage: trust and dependence grow.
    .focus = Widen and deepen: further products, further departments, common routines that save both sides work.
    .service = Growing with them: capacity planned ahead, a fixed contact, quick decisions about new wishes.
    .communication = Regular and in both directions: successes told, expectations written down before they differ.
    .skill = Builds relations: makes several ties, resolves small conflicts fairly and at once.
    .avoid = Growing faster than delivery can follow, and treating the growth as certain.
    .together = More people from both sides: users with developers, planners with planners.

card-lifecycle-maturity =
    .meaning = They buy in a rhythm, and the relationship is taken as given, which is its strength and its danger.
    .focus = Keep it alive: bring an improvement each year, renew agreements before they run out, watch satisfaction and not only turnover.
    .service = Dependable to the point of being invisible, with an agreed reaction when something does go wrong.
    .communication = A yearly look back and ahead with figures; in between few contacts, each with a reason.
    .skill = Notices slow changes: a longer gap, a smaller basket, a new buyer.
    .avoid = Routine without thought, and better terms for new customers that the old ones hear of.
    .together = The people who signed with those who now do the work; a fresh pair of eyes with both.

card-lifecycle-decline =
    .meaning = They stay away longer than is usual for them, or have probably left. Most have told nobody.
    .focus = Ask within the first weeks of silence. Repair where the cause is ours; let go where the need has ended.
    .service = A fast lane back: old prices, known data, no new forms.
    .communication = One personal contact with a question, one offer that fits the reason, then rest.
    .skill = Finds the real reason behind "no need just now", and weighs effort against remaining value.
    .avoid = Waiting for the year's end, reminders by machine every week, and discounts before the reason is known.
    .together = Whoever last pleased them with whoever can decide; service with sales, to compare what each has heard.

card-stage-suspect =
    .meaning = Might buy one day: belongs to the right group, and knows little of you.
    .focus = Choose before courting: define who fits, and drop the rest early.
    .service = Information that is easy to find, without a form in front of it.
    .communication = Be seen where they look for answers; teach instead of selling.
    .skill = Researches and selects: reads an industry and recognises who has the problem that you solve.
    .avoid = Bought address lists, cold calls to everybody, and counting contacts as success.
    .together = Suspects with content and events that satisfied customers helped to make.

card-stage-prospect =
    .meaning = Has the need and the means and has shown interest, but has not bought yet.
    .focus = Take away the risk of the first purchase: a sample, a trial, a reference, a guarantee.
    .service = Answers the same day; an offer that fits on one page.
    .communication = Speak about their problem and what it costs; follow up at agreed times, with something new each time.
    .skill = Listens and qualifies: need, budget, decision, date, and what speaks against it.
    .avoid = Pressure, promises that delivery will not keep, and chasing for months somebody who cannot buy.
    .together = The prospect with a customer of like size who hesitated too, and with whoever will do the work.

card-stage-first_time =
    .meaning = Has bought once. Whether there is a second time is decided by what happens now.
    .focus = Meet or exceed what was promised, and prepare the second order within their usual rhythm.
    .service = A check after delivery, help with first use, mistakes put right without discussion.
    .communication = Thanks, a useful hint about first use, a question about the experience: in this order.
    .skill = Attentive to detail: knows what was promised at the sale, and checks that it was kept.
    .avoid = An invoice as the only sign of life, and offering the next product before the first one works.
    .together = The buyer with service and training; sales with delivery, for a proper handover.

card-stage-repeat =
    .meaning = Has bought again: the choice was confirmed, but habit and ties are still thin.
    .focus = Give reasons to buy other things and to buy everything here: find out what still goes to competitors.
    .service = Recognised at each contact: history at hand, reorder without effort.
    .communication = Offers from what they bought and what goes with it; ask twice a year what is missing.
    .skill = Combines: sees the whole need behind single orders.
    .avoid = Treating them as new each time, and rewards for amounts they would have bought anyway.
    .together = Their other departments with the one that is satisfied; the customer with a specialist of the next product.

card-stage-client =
    .meaning = Buys everything usable that you have, as a habit. Competitors hardly get a hearing.
    .focus = Keep the habit worth having: personal care, early warning, and advice that at times says "not this".
    .service = A personal contact, exceptions decided quickly, favours remembered.
    .communication = Personal and regular; share plans with them before others hear of these.
    .skill = Reliability and judgement: acts as their advocate inside the company.
    .avoid = Complacency, changes to their terms by circular, and testing the habit with price rises.
    .together = The client with product planning, and with prospects who ask "who else uses it".

card-stage-advocate =
    .meaning = A client who also recommends: sells for you, with the weight of experience.
    .focus = Give them something to tell and a way to tell it, and protect the name they lend you.
    .service = That of a client, and a word of thanks for each new customer who came through them.
    .communication = Tell them first, listen to them longest, and report what became of each recommendation.
    .skill = Cares for networks: knows who influences whom, and thanks in a fitting manner.
    .avoid = Commissions that make friendship look bought, too many requests, and failing the person they recommended.
    .together = Advocates with prospects of their own circle, with the press, and on stage with you.

card-prospect-a =
    .meaning = Need, means, authority and a date are known: most likely to close in this period.
    .focus = Close: clear the last question, agree the steps to signature, and keep the date.
    .service = The best people at once; an offer within a day, a decision about terms within two.
    .communication = Daily if needed, with the decision maker in person; sum up each talk in writing.
    .skill = Closes: recognises the signal to buy, asks for the order, and then is silent.
    .avoid = Further features that raise new questions, a discount before it is asked for, and disappearing after the signature.
    .together = Their decision maker with your management; their users with the team that will deliver.

card-prospect-b =
    .meaning = Likely, but one thing is open: a budget, a person, a comparison, a date.
    .focus = Name the open point and remove it: proof, trial, financing, access to whoever decides.
    .service = Trial or visit within a week, a contact for technical questions.
    .communication = Weekly with a purpose; every contact ends with an agreed next step.
    .skill = Diagnoses: finds out who decides and what they fear.
    .avoid = Sending offers instead of solving the open point, and relying on one friendly contact.
    .together = The sceptic on their side with a reference customer; finance with finance.

card-prospect-c =
    .meaning = Fits, but not now: no budget this year, a running contract, other worries.
    .focus = Stay in mind at little cost, and know the date on which things change.
    .service = Information on request, invitations, no individual offers.
    .communication = Every quarter something useful; a call in good time before the contract elsewhere ends.
    .skill = Patience with a calendar: keeps notes of dates and reasons, and keeps to them.
    .avoid = Weekly calls that burn the contact, and forgetting the date.
    .together = Them with your events and users, until there is a reason to meet in person.

card-prospect-d =
    .meaning = Unlikely to close: no need, no means, or settled elsewhere.
    .focus = Release the time: check once, note the reason, and take them off the list of visits.
    .service = What is public: website, catalogue, dealer.
    .communication = None by person; the newsletter only if they want it. Look again in a year.
    .skill = Says no in a friendly way, and early, also to hopes of one's own.
    .avoid = Filling the forecast with them, and making an offer just to have made one.
    .together = Them with a partner whose offer fits better: a good deed that is remembered.

prospects = Prospects by grade
prospects-grade = Grade
prospects-all = All grades
prospects-conversion = Became customers
prospects-few = too few prospects
prospects-days = Days to close (median)
prospects-start = Open at the start
prospects-met = New
prospects-converted = Closed
prospects-lost = Lost
prospects-raised = Graded up
prospects-lowered = Graded down
prospects-end = Open at the end
prospects-note = The grade is that at the start of the quarter, or at the first contact of prospects new in it; those open at the end stand under the grade they have then. n: open at the start or new, the base of the share that became customers.

prospect-state-open = Open
prospect-state-converted = Became a customer
prospect-state-lost = Lost
