//! What a saved query may be asked with: its variables, read from text and held against their types.

use async_graphql::{Name, Value, Variables, parser::types::OperationDefinition};

use super::shape::base;
use crate::Error;

/// A variable of a saved query.
#[derive(Debug)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its type, as it is written.
    pub kind: String,
    /// What it is if it is not given, as it is written.
    pub default: Option<String>,
    base: String,
    list: bool,
    required: bool,
}

/// Names that an address uses itself.
const RESERVED: [&str; 2] = ["bom", "table"];

impl Variable {
    /// Those of an operation. Fails if one has a name that an address uses itself.
    pub fn all(operation: &OperationDefinition) -> Result<Vec<Self>, String> {
        let definitions = operation.variable_definitions.iter().map(|definition| &definition.node);
        definitions
            .map(|definition| {
                let name = definition.name.node.to_string();
                if RESERVED.contains(&name.as_str()) {
                    return Err(format!("the variable ${name} has a name that addresses use themselves"));
                }
                let (base, list) = base(&definition.var_type.node);
                let default = definition.default_value.as_ref().map(|value| value.node.to_string());
                let required = !definition.var_type.node.nullable && default.is_none();
                Ok(Self { name, kind: definition.var_type.node.to_string(), default, base, list, required })
            })
            .collect()
    }

    /// The variables by these pairs of name and text. Fails at a name that is unknown, a value that does not fit its
    /// type, one that is missing, and one that is given twice.
    pub fn read(all: &[Self], given: &[(String, String)]) -> Result<Variables, Error> {
        let mut variables = Variables::default();
        if let Some((name, _)) = given.iter().find(|(name, _)| all.iter().all(|one| one.name != *name)) {
            let known: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(Error::BadInput(format!("there is no variable `{name}`; there are: {known}")));
        }
        for variable in all {
            let texts: Vec<&str> = given
                .iter()
                .filter(|(name, _)| *name == variable.name)
                .map(|(_, text)| text.as_str())
                .collect();
            if let Some(value) = variable.value(&texts)? {
                variables.insert(Name::new(&variable.name), value);
            }
        }
        Ok(variables)
    }

    fn value(&self, texts: &[&str]) -> Result<Option<Value>, Error> {
        match texts {
            [] if self.required => {
                Err(Error::BadInput(format!("`{}` is missing; it is {}", self.name, self.kind)))
            }
            [] => Ok(None),
            texts if self.list => {
                Ok(Some(Value::List(texts.iter().map(|text| self.scalar(text)).collect::<Result<_, _>>()?)))
            }
            [text] => self.scalar(text).map(Some),
            _ => Err(Error::BadInput(format!("`{}` is given twice", self.name))),
        }
    }

    fn scalar(&self, text: &str) -> Result<Value, Error> {
        let refused = |what: &str| Error::BadInput(format!("`{}` is `{text}`; it must be {what}", self.name));
        match self.base.as_str() {
            "Int" => text.parse::<i32>().map(Value::from).map_err(|_| refused("a whole number")),
            "Float" => {
                let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
                number.map(Value::from).ok_or_else(|| refused("a number"))
            }
            "Boolean" => text.parse::<bool>().map(Value::from).map_err(|_| refused("true or false")),
            _ => Ok(Value::from(text)),
        }
    }
}
