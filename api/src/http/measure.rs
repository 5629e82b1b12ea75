//! The measuring of every request, around all else that is done with it.

use std::{
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request},
    http::{Method, Response},
};
use futures_util::future::BoxFuture;
use tower::{Layer, Service};

use super::App;

/// Measures what it is put around.
#[derive(Clone)]
pub struct Measure(pub Arc<App>);

/// A service that is measured.
#[derive(Clone)]
pub struct Measured<S> {
    app: Arc<App>,
    inner: S,
}

impl<S> Layer<S> for Measure {
    type Service = Measured<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Measured { app: self.0.clone(), inner }
    }
}

impl<S, B> Service<Request> for Measured<S>
where
    S: Service<Request, Response = Response<B>, Future: Send + 'static>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (begun, method) = (Instant::now(), word(request.method()));
        let (app, route) = (self.app.clone(), request.extensions().get::<MatchedPath>().cloned());
        let answering = self.inner.call(request);
        Box::pin(async move {
            let response = answering.await?;
            let (took, status) = (begun.elapsed(), response.status().as_u16());
            // labels are of few values, whatever is asked for
            let route = route.as_ref().map_or("none", MatchedPath::as_str);
            app.metrics.request(method, route, status, took);
            tracing::debug!(method, route, status, ?took, "answered");
            Ok(response)
        })
    }
}

/// Of few words, whatever is sent.
pub fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
