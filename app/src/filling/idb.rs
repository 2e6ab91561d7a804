//! IndexedDB as futures: one database, transactions whose requests are all made at once.
//!
//! Written here instead of taken from a crate: `indexed_db_futures` awaits between the requests of a
//! transaction, brings 40 KB and keeps a connection that the browser may close under it (Safari does).
//! Here a closed connection is opened again, and nothing is awaited while a transaction is open.

use std::cell::RefCell;

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest};

#[wasm_bindgen]
extern "C" {
    /// The parts of `IDBTransaction` that are needed, with the option that `web-sys` calls unstable.
    type Transaction;

    #[wasm_bindgen(method, js_name = objectStore, catch)]
    fn object_store(this: &Transaction, name: &str) -> Result<IdbObjectStore, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn abort(this: &Transaction) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter)]
    fn error(this: &Transaction) -> Option<DomException>;
    #[wasm_bindgen(method, setter, js_name = oncomplete)]
    fn set_oncomplete(this: &Transaction, handler: &js_sys::Function);
    #[wasm_bindgen(method, setter, js_name = onabort)]
    fn set_onabort(this: &Transaction, handler: &js_sys::Function);

    type Database;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Database,
        stores: &Array,
        mode: &str,
        options: &JsValue,
    ) -> Result<Transaction, JsValue>;
}

/// Why the database did not do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdbError {
    /// A key is there already.
    Taken,
    /// No room.
    Full,
    /// Anything else, as the browser says it.
    Other(String),
}

/// Reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Reads.
    Read,
    /// Writes, as surely as the browser does by itself.
    Write,
    /// Writes and waits for the disk.
    WriteStrict,
}

/// Requests of one transaction.
pub struct Requests<'a> {
    transaction: &'a Transaction,
    made: RefCell<Vec<IdbRequest>>,
}

impl Requests<'_> {
    /// A store of the transaction.
    ///
    /// # Errors
    /// When the transaction does not have it.
    pub fn store(&self, name: &str) -> Result<IdbObjectStore, JsValue> {
        self.transaction.object_store(name)
    }

    /// Keeps a request: its result is in the answer, in the order of keeping.
    pub fn keep(&self, request: IdbRequest) {
        self.made.borrow_mut().push(request);
    }
}

/// One database of this origin.
pub struct Idb {
    name: String,
    stores: &'static [&'static str],
    connection: RefCell<Option<IdbDatabase>>,
}

impl Idb {
    /// The database of that name with these stores; opened when it is first used.
    pub fn new(name: impl Into<String>, stores: &'static [&'static str]) -> Self {
        Idb {
            name: name.into(),
            stores,
            connection: RefCell::new(None),
        }
    }

    /// Runs one transaction and waits until it is complete. All requests are made by `make`, at once;
    /// nothing of them stays when one fails.
    ///
    /// # Errors
    /// See [`IdbError`].
    pub async fn run(
        &self,
        stores: &[&str],
        mode: Mode,
        make: &dyn Fn(&Requests<'_>) -> Result<(), JsValue>,
    ) -> Result<Vec<JsValue>, IdbError> {
        let transaction = match self.begin(stores, mode).await {
            Ok(transaction) => transaction,
            // The browser has closed the connection meanwhile.
            Err(_) => {
                self.connection.replace(None);
                self.begin(stores, mode).await?
            }
        };
        let requests = Requests {
            transaction: &transaction,
            made: RefCell::new(Vec::new()),
        };
        let done = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(&resolve);
            transaction.set_onabort(&reject);
        });
        if let Err(error) = make(&requests) {
            // Refused only when it has ended by itself, which is as good.
            drop(transaction.abort());
            return Err(error_of(&error));
        }
        if JsFuture::from(done).await.is_err() {
            return Err(match transaction.error() {
                Some(error) => error_of(&error),
                None => IdbError::Other("aborted".into()),
            });
        }
        let made = requests.made.into_inner();
        made.into_iter()
            .map(|request| request.result().map_err(|error| error_of(&error)))
            .collect()
    }

    async fn begin(&self, stores: &[&str], mode: Mode) -> Result<Transaction, IdbError> {
        let database = self.open().await?;
        let names: Array = stores.iter().copied().map(JsValue::from_str).collect();
        let (mode, durability) = match mode {
            Mode::Read => ("readonly", "default"),
            Mode::Write => ("readwrite", "relaxed"),
            Mode::WriteStrict => ("readwrite", "strict"),
        };
        let options = js_sys::Object::new();
        Reflect::set(&options, &"durability".into(), &durability.into())
            .map_err(|error| error_of(&error))?;
        database
            .unchecked_ref::<Database>()
            .transaction(&names, mode, &options)
            .map_err(|error| error_of(&error))
    }

    async fn open(&self) -> Result<IdbDatabase, IdbError> {
        if let Some(open) = self.connection.borrow().as_ref() {
            return Ok(open.clone());
        }
        let factory = leptos::prelude::window()
            .indexed_db()
            .map_err(|error| error_of(&error))?
            .ok_or_else(|| IdbError::Other("forbidden".into()))?;
        let request = factory
            .open_with_u32(&self.name, 1)
            .map_err(|error| error_of(&error))?;
        let stores = self.stores;
        let upgraded = request.clone();
        let upgrade = Closure::<dyn FnMut()>::new(move || create(&upgraded, stores));
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let done = Promise::new(&mut |resolve, reject| {
            request.set_onsuccess(Some(&resolve));
            request.set_onerror(Some(&reject));
        });
        if JsFuture::from(done).await.is_err() {
            let error = request.error().ok().flatten();
            return Err(error.map_or_else(
                || IdbError::Other("cannot be opened".into()),
                |error| error_of(&error),
            ));
        }
        let database: IdbDatabase = request
            .result()
            .map_err(|error| error_of(&error))?
            .unchecked_into();
        self.connection.replace(Some(database.clone()));
        Ok(database)
    }
}

fn create(request: &IdbOpenDbRequest, stores: &[&str]) {
    let Ok(database) = request.result() else {
        return;
    };
    let database: IdbDatabase = database.unchecked_into();
    for store in stores {
        // A failure aborts the upgrade, and with it the opening, which says why.
        drop(database.create_object_store(store));
    }
}

fn error_of(error: &JsValue) -> IdbError {
    let Some(error) = error.dyn_ref::<DomException>() else {
        return IdbError::Other(format!("{error:?}"));
    };
    match error.name().as_str() {
        "ConstraintError" => IdbError::Taken,
        "QuotaExceededError" => IdbError::Full,
        name => IdbError::Other(format!("{name}: {}", error.message())),
    }
}
