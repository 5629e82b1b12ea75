//! What facts are told apart by.

use sea_orm::{DeriveActiveEnum, EnumIter};
use serde::{Deserialize, Serialize};

use super::{UnknownWord, words};

words! {
    /// The single item a question is, where it is one the rules need by name.
    Measure {
        /// Overall satisfaction.
        Overall = "overall",
        /// Likelihood to recommend.
        Recommend = "recommend",
        /// Likelihood to buy again or stay.
        Repurchase = "repurchase",
        /// How easy it was.
        Effort = "effort",
        /// Whether the respondent complained (0 or 1).
        Complained = "complained",
    }
}

words! {
    /// Whom a survey asks.
    Audience {
        /// Customers.
        Customer = "customer",
        /// Employees.
        Employee = "employee",
        /// Partners.
        Partner = "partner",
    }
}

words! {
    /// How a survey was answered.
    AnswerMode {
        /// On a page or in an application, alone.
        Online = "online",
        /// To somebody who was there.
        InPerson = "in_person",
        /// On paper, by mail.
        Mail = "mail",
        /// To somebody on the phone.
        Phone = "phone",
    }
}

words! {
    /// By what answers are told apart.
    AnswerFacet {
        /// The mode of answering.
        Mode = "mode",
        /// The company's own word for the channel.
        Channel = "channel",
    }
}

words! {
    /// An element of satisfaction.
    Element {
        /// Satisfaction with the concept: what the company stands for.
        Concept = "concept",
        /// Satisfaction with how the company acts.
        Behaviour = "behaviour",
        /// Satisfaction with what is seen of it.
        Visual = "visual",
    }
}

words! {
    /// A side of delivered value.
    ValueSide {
        /// Total customer value.
        Value = "value",
        /// Total customer cost.
        Cost = "cost",
    }
}

words! {
    /// How grave a complaint is.
    Severity {
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
    }
}

words! {
    /// The risk a complaint or a question is about.
    Risk {
        /// Functional.
        Functional = "functional",
        /// Financial.
        Financial = "financial",
        /// Psychological.
        Psychological = "psychological",
        /// Social.
        Social = "social",
        /// Safety.
        Safety = "safety",
    }
}

words! {
    /// What a customer says of the company, besides answers to questions and complaints.
    RemarkKind {
        /// Something is wrong.
        Problem = "problem",
        /// Something could be better.
        Suggestion = "suggestion",
    }
}

words! {
    /// With what something was said in a customer's own words.
    CommentOrigin {
        /// With the answers to a survey.
        Answer = "answer",
        /// With a problem.
        Problem = "problem",
        /// With a suggestion.
        Suggestion = "suggestion",
        /// With a complaint.
        Complaint = "complaint",
    }
}
