//! A store as a program: lines of JSON come in, and each is answered with a line.

use std::{
    error::Error,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use countersign_server::{
    memory::{Clock, system_clock},
    store::{Store, StoreError},
    stores::any::AnyStore,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, stdin, stdout},
    sync::mpsc::unbounded_channel,
};

/// A clock that is ahead by so many milliseconds.
pub fn clock_of(ahead: &Arc<AtomicI64>) -> Clock {
    let (now, ahead) = (system_clock(), Arc::clone(ahead));
    Arc::new(move || now() + ahead.load(Ordering::SeqCst))
}

/// A line: the number of a call, and what to do.
#[derive(Deserialize)]
struct Line {
    id: u64,
    call: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    seconds: u64,
}

async fn answer(store: &AnyStore, line: &Line) -> Result<Value, StoreError> {
    let Line { call, key, value, seconds, .. } = line;
    Ok(match call.as_str() {
        "claim" => store.claim(key, value, *seconds).await?.into(),
        "get" => store.get(key).await?.into(),
        "set" => store.set(key, value, *seconds).await?.into(),
        "delete" => store.delete(key).await?.into(),
        "count" => store.count(key, *seconds).await?.into(),
        "migrate" => store.migrate().await?.into(),
        _ => return Err(StoreError::new(format!("there is no call {call}"))),
    })
}

/// Serves a store on the standard streams. `pass` sets its clock ahead, by `seconds` in milliseconds.
pub async fn serve(address: &str) -> Result<(), Box<dyn Error>> {
    let ahead = Arc::new(AtomicI64::new(0));
    let store = AnyStore::open(address, clock_of(&ahead))?;
    let (send, mut answers) = unbounded_channel::<Value>();
    let writing = tokio::spawn(async move {
        let mut out = stdout();
        while let Some(answer) = answers.recv().await {
            out.write_all(format!("{answer}\n").as_bytes()).await?;
            out.flush().await?;
        }
        Ok::<_, std::io::Error>(())
    });
    let mut lines = BufReader::new(stdin()).lines();
    while let Some(text) = lines.next_line().await? {
        let line = serde_json::from_str::<Line>(&text)?;
        if line.call == "pass" {
            ahead.fetch_add(i64::try_from(line.seconds)?, Ordering::SeqCst);
            send.send(json!({ "id": line.id, "value": null }))?;
            continue;
        }
        let (store, send) = (store.clone(), send.clone());
        tokio::spawn(async move {
            let answer = match answer(&store, &line).await {
                Ok(value) => json!({ "id": line.id, "value": value }),
                Err(error) => json!({ "id": line.id, "error": format!("{error}: {}", error.0) }),
            };
            // Who asked has gone.
            let _ = send.send(answer);
        });
    }
    drop(send);
    writing.await??;
    Ok(())
}
