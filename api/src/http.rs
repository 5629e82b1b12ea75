//! HTTP: GraphQL, charts, the pages, the probes and the metrics, within limits and with the headers that keep browsers
//! safe.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use async_graphql::Request;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, Method, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use rapport_entities::Database;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::{ServiceBuilder, util::option_layer};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, cors::CorsLayer, timeout::TimeoutLayer,
};

use crate::{
    Access, Error, Serve, Settings,
    cache::Answers,
    graphql::{Answer, Api, AsJson, Known},
    metrics::Metrics,
    page::{
        ActionPage, Actions, CardPage, Care, CasePage, Comments, Complaints, CustomerPage, Customers,
        Drivers, Indexes, Jobs, Lost, Loyalty, Methods, Overview, Page, People, Playbooks, Segments, Value,
    },
    pictures::Pictures,
    reports::Reports,
    saved::Library,
    state::{State, States},
};

use measure::Measure;

pub use charts::place;
pub use report::{Wanted as WantedReport, file as report_file};

mod access;
mod actions;
mod care;
mod cases;
mod charts;
mod denial;
mod documents;
mod graphiql;
mod graphql;
mod host;
mod jobs;
mod kept;
mod losses;
mod measure;
mod memory;
mod metrics;
mod page;
mod playbooks;
mod probe;
mod rate;
mod report;
mod saved;
mod session;

/// What the routes share.
pub struct App {
    api: Api,
    answers: Answers,
    pictures: Pictures,
    reports: Reports,
    states: States,
    known: Known,
    database: Database,
    library: Library,
    documents: documents::Documents,
    settings: Settings,
    metrics: Metrics,
    rates: rate::Rates,
    denials: denial::Denials,
    memory: memory::Memory,
    /// Who comes without a token while none was ever made.
    open: Arc<Access>,
}

/// Takes the address. Fails if it is taken.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, Error> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => Error::AddressInUse(address),
        _ => Error::Io { what: format!("the address {address} cannot be used"), source },
    })
}

/// Serves until `draining` is cancelled, and then what has begun.
pub async fn serve(
    listener: TcpListener,
    database: Database,
    settings: Settings,
    draining: CancellationToken,
) -> Result<(), Error> {
    if let Ok(address) = listener.local_addr() {
        tracing::info!("serving on http://{address}/ (GraphQL: /graphql, to try it: /graphiql)");
    }
    let app = Arc::new(App::new(database, settings)?);
    let served = axum::serve(listener, routed(&app)?)
        .with_graceful_shutdown(draining.cancelled_owned())
        .await
        .map_err(|source| Error::Io { what: "the server failed".to_owned(), source });
    app.denials.finish(&app.database).await;
    served
}

/// The routes over a database. Fails if a saved query or an origin cannot be used.
pub fn router(database: Database, settings: Settings) -> Result<Router, Error> {
    routed(&Arc::new(App::new(database, settings)?))
}

impl App {
    fn new(database: Database, settings: Settings) -> Result<Self, Error> {
        let library = Library::read(settings.queries.as_deref())?;
        Ok(Self {
            api: Api::new(database.clone(), &settings),
            answers: Answers::new(&settings),
            pictures: Pictures::new(settings.serve.picture_bytes),
            reports: Reports::new(settings.serve.report_bytes),
            states: States::new(database.clone()),
            known: Known::default(),
            database,
            documents: documents::Documents::new(&library, &settings.serve),
            library,
            rates: rate::Rates::new(&settings.serve),
            settings,
            metrics: Metrics::default(),
            denials: denial::Denials::default(),
            memory: memory::Memory::default(),
            open: Arc::new(Access::open()),
        })
    }
}

impl App {
    /// Answers a request that nothing was kept for; measured, and paid for by the reader's token.
    async fn answer(&self, request: Request, access: &Arc<Access>, state: &State) -> Answer {
        let lookups = self.known.of(state, access);
        let answer = self.api.answer_after(request.data(AsJson), access.clone(), lookups).await;
        self.metrics.answer(&answer);
        if let Some((token, cost)) = access.token().zip(answer.cost()) {
            self.rates.charge(token, cost);
        }
        answer
    }
}

fn routed(app: &Arc<App>) -> Result<Router, Error> {
    let limits = &app.settings.serve;
    // one second more than GraphQL's own, whose answer says what to do
    let timeout = Duration::from_secs(limits.timeout.saturating_add(1));
    let origins = origins(limits)?;
    // one stack: layers that are given to the router one by one are cloned and boxed one by one, for every request
    let layers = |door| {
        ServiceBuilder::new()
            .layer(Measure(app.clone()))
            .map_response(safe)
            .layer(CatchPanicLayer::new())
            .layer(option_layer(origins.clone()))
            .layer(CompressionLayer::new())
            .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, timeout))
            .layer(DefaultBodyLimit::max(limits.body_bytes))
            .layer(option_layer(door))
    };
    let door = middleware::from_fn_with_state(app.clone(), access::admit);
    let readers = readers().merge(operators()).layer(layers(Some(door)));
    Ok(everyone().fallback(missing).layer(layers(None)).merge(readers).with_state(app.clone()))
}

/// The routes of operators alone.
fn operators() -> Router<Arc<App>> {
    Router::new()
        .route(Jobs::PATH, get(page::show::<Jobs>).post(jobs::run))
        .route(Complaints::PATH, post(cases::open))
        .route(CasePage::PATH, post(cases::act))
        .route(CustomerPage::PATH, post(losses::act))
        .route(Actions::PATH, post(actions::open))
        .route(ActionPage::PATH, post(actions::act))
        .route(CardPage::PATH, post(playbooks::write))
        .route(Care::PATH, post(care::log))
        .route("/metrics", get(metrics::metrics))
        .route_layer(middleware::from_fn(access::operators))
}

/// The routes of who may come in.
fn readers() -> Router<Arc<App>> {
    Router::new()
        .route(Overview::PATH, get(page::show::<Overview>))
        .route(Indexes::PATH, get(page::show::<Indexes>))
        .route(Loyalty::PATH, get(page::show::<Loyalty>))
        .route(Value::PATH, get(page::show::<Value>))
        .route(Drivers::PATH, get(page::show::<Drivers>))
        .route(Comments::PATH, get(page::show::<Comments>))
        .route(Complaints::PATH, get(page::show::<Complaints>))
        .route(Lost::PATH, get(page::show::<Lost>))
        .route(Customers::PATH, get(page::show::<Customers>))
        .route(Care::PATH, get(page::show::<Care>))
        .route(CustomerPage::PATH, get(page::named::<CustomerPage>))
        .route(CasePage::PATH, get(page::named::<CasePage>))
        .route(Actions::PATH, get(page::show::<Actions>))
        .route(ActionPage::PATH, get(page::named::<ActionPage>))
        .route(Playbooks::PATH, get(page::show::<Playbooks>))
        .route(CardPage::PATH, get(page::of_scheme::<CardPage>))
        .route(Segments::PATH, get(page::show::<Segments>))
        .route(People::PATH, get(page::show::<People>))
        .route(Methods::PATH, get(page::show::<Methods>))
        .route("/graphql", any(graphql::graphql))
        .route("/graphiql", get(graphiql::page))
        .route("/q", get(saved::list))
        .route("/q/{file}", get(saved::file))
        .route("/charts/{quarter}/{file}", get(charts::chart))
        .route("/report/{file}", get(report::report))
}

/// The routes of all who come.
fn everyone() -> Router<Arc<App>> {
    Router::new()
        .route("/page.css", get(page::style))
        .route("/sign-in", get(session::page).post(session::begin))
        .route("/sign-out", post(session::end))
        .route("/graphiql/{file}", get(graphiql::asset))
        .route("/healthz", get(probe::alive))
        .route("/readyz", get(probe::ready))
}

/// Lets the pages of other origins read answers; they bring a token, as nothing else lets them in. Fails at an origin that
/// is none.
fn origins(settings: &Serve) -> Result<Option<CorsLayer>, Error> {
    if settings.origins.is_empty() {
        return Ok(None);
    }
    let origin = |text: &String| {
        let url = url::Url::parse(text).ok().filter(|url| url.origin().ascii_serialization() == *text);
        url.and_then(|_| HeaderValue::from_str(text).ok()).ok_or_else(|| {
            let told = "write it as https://NAME or https://NAME:PORT, without a path";
            Error::Settings(format!("serve.origins holds `{text}`, which is no origin; {told}"))
        })
    };
    let origins = settings.origins.iter().map(origin).collect::<Result<Vec<_>, _>>()?;
    let layer = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::HEAD, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT, header::IF_NONE_MATCH])
        .expose_headers([header::ETAG, header::CONTENT_DISPOSITION, header::RETRY_AFTER])
        .max_age(Duration::from_secs(3600));
    Ok(Some(layer))
}

/// With the headers that keep browsers safe, where a route has not set its own.
fn safe<B>(mut response: Response<B>) -> Response<B> {
    let headers = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    for (name, value) in headers {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

async fn missing() -> Response {
    Error::NotFound("there is nothing here; the page is at / and the API at /graphql".to_owned())
        .into_response()
}

/// Errors outside of GraphQL and pages are a line of text.
impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.log();
        (self.status(), format!("{self}\n")).into_response()
    }
}
