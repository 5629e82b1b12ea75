//! Storing what a close finds besides scores and customers: what actions did, lost customers, employees and partners.

use rapport_entities::{
    action_effect, effort, linkage, loss_flow, loss_reason, lost_customer, score, unit_score,
};

use super::Attempt;
use crate::{
    Error,
    close::{
        effects,
        inputs::Inputs,
        losses::Losses,
        people,
        store::{self, Seal},
    },
};

impl Attempt<'_> {
    /// What actions did, as far as the scores tell.
    pub(super) async fn store_effects(
        &self,
        set_id: &str,
        inputs: &Inputs,
        scores: &[score::Model],
        seal: &mut Seal,
    ) -> Result<(), Error> {
        let of = (set_id, self.quarter);
        let effects = effects::rows(self.database, of, &inputs.actions, scores, &self.earlier).await?;
        effects.iter().for_each(|row| seal.effect(row));
        store::insert::<action_effect::Entity>(self.database, effects).await
    }

    /// What employees and partners say of their units, and how that goes together with the customers'.
    pub(super) async fn store_people(
        &self,
        set_id: &str,
        inputs: &Inputs,
        scores: &[score::Model],
        seal: &mut Seal,
    ) -> Result<(), Error> {
        let units = inputs.people.rows(set_id, &inputs.segments, &self.settings.rules);
        let of = (set_id, self.quarter);
        let linked = people::linkages(self.database, of, &units, scores, &self.people).await?;
        units.iter().for_each(|row| seal.row(row, set_id));
        linked.iter().for_each(|row| seal.linkage(row, set_id));
        store::insert::<unit_score::Entity>(self.database, units).await?;
        store::insert::<linkage::Entity>(self.database, linked).await
    }

    /// The way customers are lost, and whom to win back; of the first quarter there is only what keeping and winning take.
    pub(super) async fn store_losses(
        &self,
        set_id: &str,
        inputs: &Inputs,
        losses: Losses<'_>,
        seal: &mut Seal,
    ) -> Result<(), Error> {
        let rows = losses.rows(set_id, &inputs.segments, inputs.recording, inputs.currency.as_deref());
        rows.flow.iter().for_each(|row| seal.row(row, set_id));
        rows.reasons.iter().for_each(|row| seal.row(row, set_id));
        rows.efforts.iter().for_each(|row| seal.row(row, set_id));
        rows.list.iter().for_each(|row| seal.row(row, set_id));
        store::insert::<loss_flow::Entity>(self.database, rows.flow).await?;
        store::insert::<loss_reason::Entity>(self.database, rows.reasons).await?;
        store::insert::<effort::Entity>(self.database, rows.efforts).await?;
        store::insert::<lost_customer::Entity>(self.database, rows.list).await
    }
}
