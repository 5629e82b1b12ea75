//! The list by rusqlite, on connections that threads take in turn.

use std::sync::Mutex;

use rusqlite::{Connection, OpenFlags};

use crate::{
    Fault,
    list::{Answer, SQL},
};

pub struct Connections(Vec<Mutex<Connection>>);

impl Connections {
    pub fn open(file: &str) -> Result<Self, Fault> {
        let open = |_| {
            let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            Ok(Mutex::new(connection))
        };
        (0..4).map(open).collect::<Result<_, Fault>>().map(Self)
    }

    pub fn list(&self, quarter: &str) -> Result<Answer, Fault> {
        let free = self.0.iter().find_map(|one| one.try_lock().ok());
        let connection = match free {
            Some(connection) => connection,
            None => self.0[0].lock().map_err(|_| "a thread failed")?,
        };
        let mut answer = Answer::default();
        let mut statement = connection.prepare_cached(SQL)?;
        let mut rows = statement.query([quarter])?;
        while let Some(row) = rows.next()? {
            answer.add((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?));
        }
        Ok(answer)
    }
}
