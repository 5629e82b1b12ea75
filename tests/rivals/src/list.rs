//! The list, as GraphQL's answer has it, and the one statement that reads it.

use serde::Serialize;

/// One row for each segment of each customer.
pub const SQL: &str = "SELECT c.code, upper(q.loyalty_type), m.dimension, m.segment, s.name \
     FROM (SELECT customer_id, code FROM customer ORDER BY code LIMIT 100) c \
     LEFT JOIN customer_quarter q ON q.customer_id = c.customer_id AND q.set_id = \
       (SELECT set_id FROM current_publication WHERE job = 'close-quarter' AND quarter = ?) \
     LEFT JOIN customer_segment m ON m.customer_id = c.customer_id \
     LEFT JOIN segment s ON s.dimension = m.dimension AND s.code = m.segment \
     ORDER BY c.code, m.dimension";

#[derive(Serialize, Default)]
pub struct Answer {
    data: Data,
}

#[derive(Serialize, Default)]
struct Data {
    customers: Customers,
}

#[derive(Serialize, Default)]
struct Customers {
    nodes: Vec<Customer>,
}

#[derive(Serialize)]
struct Customer {
    code: String,
    segments: Vec<Segment>,
    quarters: Vec<Quarter>,
}

#[derive(Serialize)]
struct Segment {
    dimension: String,
    code: String,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Quarter {
    type_code: String,
}

/// A row of the statement.
pub type Row = (String, Option<String>, Option<String>, Option<String>, Option<String>);

impl Answer {
    /// Adds the next row.
    pub fn add(&mut self, (code, kind, dimension, segment, name): Row) {
        let nodes = &mut self.data.customers.nodes;
        if nodes.last().is_none_or(|last| last.code != code) {
            let quarters = kind.map(|type_code| Quarter { type_code }).into_iter().collect();
            nodes.push(Customer { code, segments: Vec::new(), quarters });
        }
        if let (Some(last), Some(dimension), Some(code), Some(name)) =
            (nodes.last_mut(), dimension, segment, name)
        {
            last.segments.push(Segment { dimension, code, name });
        }
    }
}
