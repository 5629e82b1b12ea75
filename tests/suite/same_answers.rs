//! SQLite and PostgreSQL give the same answers, byte for byte.

use rapport_tests::{Backend, World};

const QUERIES: [&str; 43] = [
    "{ scoreRows(limit: 10000) { id quarter quarterStart revision status dimension segment segmentName metricCode value lower upper n effectiveN suppressed change changeSignificant } }",
    "{ loyaltyRows(limit: 10000) { quarter dimension segment typeCode customers share revenue revenueDecimal profit n } }",
    "{ customerRows(quarter: \"2025-Q4\", limit: 5000) { code typeCode classCode satisfaction intention revenue profit } }",
    "{ transitionRows(limit: 10000) { quarter dimension segment fromTypeCode toTypeCode customers } }",
    "{ segmentRows { dimension segment segmentName } }",
    "{ quarterRows { quarter quarterStart revision status inputsVersion digest } }",
    "{ customers(first: 50) { totalCount pageInfo { hasNextPage endCursor } nodes { id code segments { dimension code name } } } }",
    "{ customerRows(quarter: \"2025-Q4\", limit: 5000) { code growthCode sizeCode lifecycleCode stageCode wonBack rfm rank cumulativeShare pAlive expectedPurchases expectedSpend lifetimeValue wordOfMouth referralValue } }",
    "{ modelRows(limit: 10000) { quarter dimension segment modelCode outcomeCode reason n complete effectiveN details } }",
    "{ parameterRows(limit: 10000) { quarter dimension segment modelCode name value lower upper standardError n } }",
    "{ pathRows(limit: 10000) { quarter dimension segment kindCode source target value lower upper standardError n } }",
    "{ driverRows(limit: 10000) { quarter dimension segment question importance beta pValue varianceInflation performance quadrantCode n } }",
    "{ curveRows(limit: 10000) { quarter dimension segment curveCode place x y lower upper monotone zoneCode n } }",
    "{ lossFlowRows(limit: 10000) { quarter dimension segment place step fromCode toCode customers revenueDecimal profitDecimal share lower upper n suppressed } }",
    "{ lossRows(limit: 10000) { id date customer source code reasonCode } }",
    "{ winbackAttemptRows(limit: 10000) { id date customer source code channel offer cost costDecimal currency outcomeCode endedAt } }",
    "{ lossReasonRows(limit: 10000) { quarter dimension segment reasonCode customers revenueDecimal share lower upper n lost suppressed } }",
    "{ winbackRows(limit: 10000) { quarter dimension segment effortCode reasonCode n successes open share lower upper cost costN costPerSuccess suppressed } }",
    "{ lostCustomerRows(limit: 10000) { quarter rank code lostIn reasonCode value valueBasisCode attempts outcomeCode success successN successBasisCode gain cost expected } }",
    "{ funnelRows(limit: 10000) { quarter dimension segment schemeCode place classCode customers quarters advanced fellBack conversion lower upper n suppressed } }",
    "{ unitScoreRows(limit: 10000) { quarter dimension segment audienceCode metricCode value lower upper n suppressed } }",
    "{ linkageRows(limit: 10000) { quarter dimension audienceCode metricCode outcomeCode lag baseQuarter correlation lower upper slope slopeLower slopeUpper pValue n unlinkedCode } }",
    "{ themeRows(limit: 10000) { quarter dimension segment kindCode theme customers remarks share lower upper n suppressed } }",
    "{ modeEffectRows(limit: 10000) { quarter dimension segment metricCode facetCode way value lower upper n effect effectLower effectUpper pValue significant matched others } }",
    "{ prospectConversionRows(limit: 10000) { quarter dimension segment place gradeCode openStart met converted lost raised lowered openEnd conversion lower upper medianDays n suppressed } }",
    "{ prospect(source: \"demo\", code: \"N0000001\") { name email code gradeCode grades { at grade } } }",
    "{ prospectRows(limit: 10000) { id date source code manager gradeCode stateCode customer convertedAt lostAt reasonCode } }",
    "{ remarkRows(limit: 10000) { id date customer code kindCode theme } }",
    "{ comments(contains: \"an\", limit: 1000) { id at customer originCode theme text } }",
    "{ cohortRows(limit: 10000) { quarter dimension segment acquired age customers retained share unboundedShare suppressed } }",
    "{ classRows(limit: 10000) { quarter dimension segment schemeCode classCode customers share revenueDecimal profitDecimal n } }",
    "{ purchaseRows(limit: 10000) { id quarter date at customer code amountDecimal costDecimal profit currency quantity product } }",
    "{ responseRows(limit: 10000, offset: 500) { id date customer response survey question questionText value low high reversed weight modeCode channel } }",
    "{ complaintEventRows(limit: 10000) { id at customer complaint kindCode sequence fromCode toCode person amountDecimal dueAt } }",
    "{ complaintGroupRows(by: \"state,unit\") { id stateCode unit measureCode n sum mean share } }",
    "{ complaintRows(limit: 10000) { stateCode moves reopened faults satisfied acknowledgedAt resolveDue id date customer code channel severityCode riskCode resolvedAt hoursToResolve } }",
    "{ customerGroupRows(by: \"segment:region,type\") { id quarter segment typeCode measureCode customers n sum sumDecimal mean share sumBefore sumRatio meanDifference } }",
    "{ customerGroups(by: [CLASS, STAGE, LIFECYCLE], orderBy: LIFETIME_VALUE) { classCode stageCode lifecycleCode n satisfaction { n mean } pAlive { sum mean } lifetimeValue { sum mean share before { sumDifference } } } }",
    "{ purchaseGroupRows(by: \"month,class,segment:region\") { id month classCode segment measureCode n sum mean share sumBefore sumYearRatio } }",
    "{ purchaseGroups(by: [PRODUCT, QUARTER], filter: {customer: {lifecycle: MATURITY}}) { quarter product n revenue { sumDecimal mean } profit { n sumDecimal } } }",
    "{ complaintGroupRows(by: \"quarter,severity,channel\") { id quarter severityCode channel measureCode n sum mean share meanBefore } }",
    "{ customers(first: 60, orderBy: [SATISFACTION_DESC, LIFETIME_VALUE_ASC, PROFIT_DESC], filter: {windowRevenue: {from: 1}, recommend: {to: 9.5}, quarter: \"2025-Q4\"}) { totalCount pageInfo { endCursor } nodes { code quarters { revenueDecimal pAlive } purchases(first: 2) { totalCount nodes { code date } } responses(first: 1) { nodes { code answers { question value } } } complaints { totalCount nodes { code } } } } }",
    "{ chartRows(limit: 10000) { quarter kind dimension segment locale sha256 } }",
];

#[test]
fn byte_for_byte() {
    let sqlite = World::new(Backend::Sqlite).unwrap();
    let Some(postgres) = World::new(Backend::Postgres) else { return };
    for world in [&sqlite, &postgres] {
        world.ok(&["demo", "--customers", "400", "--quarters", "4", "--last", "2025-Q4", "--no-serve"]);
    }
    for query in QUERIES {
        let (one, other) = (sqlite.answer(query), postgres.answer(query));
        assert!(one.len() > 100, "{query} says nothing: {one}");
        assert_eq!(one, other, "{query}");
    }
}

/// Fields come in the order of the query, the slow ones too, through aliases and fragments.
#[test]
fn fields_come_in_the_order_asked_for() {
    let world = World::new(Backend::Sqlite).unwrap();
    rapport_tests::shop::write(&world);
    world.ok(&["import", "shop.toml"]);
    let answer = world.answer(
        "{ people: customers(first: 1) { totalCount ...Nodes nodes { segments { name } id } pageInfo { hasNextPage } } \
           quarterRows { quarter } __typename } \
         fragment Nodes on CustomerConnection { nodes { quarters { quarter } code } }",
    );
    let names = [
        "people",
        "totalCount",
        "nodes",
        "quarters",
        "code",
        "segments",
        "name",
        "id",
        "pageInfo",
        "quarterRows",
        "__typename",
    ];
    let places: Vec<usize> = names.iter().map(|name| answer.find(&format!("\"{name}\"")).unwrap()).collect();
    assert!(places.is_sorted(), "{answer}");
}
