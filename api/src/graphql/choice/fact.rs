//! What facts are told apart by.

use rapport_entities as stored;

choice! {
    /// How grave a complaint is.
    Severity of stored::Severity {
        /// Low.
        Low,
        /// Medium.
        Medium,
        /// High.
        High,
    }
}

choice! {
    /// The risk that a complaint is about.
    Risk of stored::Risk {
        /// It does not do what it should.
        Functional,
        /// It costs money.
        Financial,
        /// It hurts how the customer sees itself.
        Psychological,
        /// It hurts how others see the customer.
        Social,
        /// It endangers somebody.
        Safety,
    }
}

choice! {
    /// How a survey was answered.
    AnswerMode of stored::AnswerMode {
        /// On a page or in an application, alone.
        Online,
        /// To somebody who was there.
        InPerson,
        /// On paper, by mail.
        Mail,
        /// To somebody on the phone.
        Phone,
    }
}

choice! {
    /// By what answers are told apart.
    AnswerFacet of stored::AnswerFacet {
        /// The mode of answering.
        Mode,
        /// The company's own word for the channel.
        Channel,
    }
}

choice! {
    /// What a remark is.
    RemarkKind of stored::RemarkKind {
        /// Something is wrong.
        Problem,
        /// Something could be better.
        Suggestion,
    }
}

choice! {
    /// With what something was said in a customer's own words.
    CommentOrigin of stored::CommentOrigin {
        /// With the answers to a survey.
        Answer,
        /// With a problem.
        Problem,
        /// With a suggestion.
        Suggestion,
        /// With a complaint.
        Complaint,
    }
}

choice! {
    /// The single item a question is, where it is one that the rules need by name.
    Measure of stored::Measure {
        /// Overall satisfaction.
        Overall,
        /// Likelihood to recommend.
        Recommend,
        /// Likelihood to buy again or stay.
        Repurchase,
        /// How easy it was.
        Effort,
        /// Whether the respondent complained (0 or 1).
        Complained,
    }
}

choice! {
    /// Whom a survey asks.
    Audience of stored::Audience {
        /// Customers.
        Customer,
        /// Employees.
        Employee,
        /// Partners.
        Partner,
    }
}
