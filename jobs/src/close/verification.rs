//! Verifying a published revision: its inputs are read again under its settings, and what comes of them must be what
//! was published, bit for bit.

use rapport_entities::{BatchState, Database, import_batch, publication, published};
use rapport_statistics::METHOD_VERSION;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::attempt::Attempt;
use crate::{
    Error, Settings, case,
    job::{Figures, Work, clear},
    ledger,
};

/// Computes the newest revision of a quarter again. The figures say whether it could be compared: not, if imports have
/// changed its inputs since, which are then named, or if it was made by other methods.
///
/// # Errors
/// [`Error::Unverified`] if it comes out otherwise.
pub async fn verify(work: &Work<'_>) -> Result<Figures, Error> {
    let quarter = work.quarter()?;
    let published = published::revision(work.database, quarter, None).await?;
    let published = published.ok_or(Error::NotPublished { quarter })?;
    let mut figures = json!({ "revision": published.revision, "digest": published.digest });
    let changed_by = changes_since(work.database, &published).await?;
    if !changed_by.is_empty() {
        figures["verified"] = json!(false);
        figures["changedBy"] = json!(changed_by);
        return Ok(object(figures));
    }
    if published.method_version != METHOD_VERSION {
        figures["verified"] = json!(false);
        figures["methodVersion"] = json!(published.method_version);
        return Ok(object(figures));
    }
    let digest = again(work, &published).await?;
    if !changes_since(work.database, &published).await?.is_empty() {
        // an import came between
        return Err(Error::Superseded { quarter });
    }
    if digest != published.digest {
        let revision = published.revision;
        return Err(Error::Unverified { quarter, revision, published: published.digest, computed: digest });
    }
    figures["verified"] = json!(true);
    Ok(object(figures))
}

/// The digest that comes out now; the rows are cleared away again.
async fn again(work: &Work<'_>, published: &publication::Model) -> Result<String, Error> {
    let rules = serde_json::from_str(&published.settings).map_err(|error| Error::Stored {
        what: format!("the rules of {}", published.quarter),
        why: error.to_string(),
    })?;
    let settings = Settings { rules, company: published.company.clone(), ..work.settings.clone() };
    let attempt = Attempt::again(work.database, &settings, published).await?;
    let staged = attempt.stage(work, &work.claim.set_id).await;
    clear(work.database, &work.claim.set_id).await?;
    Ok(staged?.digest)
}

/// What changed that a revision was made of: imports as `source, at, rows`, of which one that is open counts, or else
/// the work on cases and actions here.
async fn changes_since(
    database: &Database,
    published: &publication::Model,
) -> Result<Vec<serde_json::Value>, DbErr> {
    let inputs = ledger::inputs(database, published.quarter).await?;
    if inputs.as_ref().is_some_and(|one| one.is_still(published.inputs_version)) {
        return Ok(Vec::new());
    }
    let batches = import_batch::Entity::find()
        .filter(import_batch::Column::Quarter.eq(published.quarter))
        .order_by_asc(import_batch::Column::BatchId)
        .all(database)
        .await?;
    let since = |batch: &import_batch::Model| {
        batch.state == BatchState::Loading
            || (batch.changed
                && batch.closed_version.is_some_and(|version| version > published.inputs_version))
    };
    let mut changes: Vec<_> = batches.into_iter().filter(since).map(|batch| in_words(&batch)).collect();
    if changes.is_empty() && inputs.is_some() {
        // no import: somebody worked a case or an action here
        changes.push(json!({ "source": case::SOURCE }));
    }
    Ok(changes)
}

fn in_words(batch: &import_batch::Model) -> serde_json::Value {
    json!({
        "source": batch.source,
        "rows": batch.rows,
        "closedAt": batch.closed_at.map(|at| at.to_rfc3339()),
    })
}

fn object(value: serde_json::Value) -> Figures {
    match value {
        serde_json::Value::Object(figures) => figures,
        _ => Figures::new(),
    }
}
