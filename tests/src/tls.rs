//! A site over https, under a certificate that it makes itself: what browsers give to secure pages alone is tested there.

use std::{io, net::SocketAddr, sync::Arc};

use axum::serve::Listener;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, crypto,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
    server::TlsStream,
};

/// How many connections wait to be answered.
const WAITING: usize = 16;

/// Connections whose handshake is done.
pub struct TlsListener {
    address: SocketAddr,
    connections: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
}

impl TlsListener {
    /// Listens for all hosts of these domains, and for this machine's own names.
    pub fn new(tcp: TcpListener, domains: &[String]) -> io::Result<TlsListener> {
        let address = tcp.local_addr()?;
        let acceptor = TlsAcceptor::from(Arc::new(config(domains)));
        let (sender, connections) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            while !sender.is_closed() {
                let Ok((stream, from)) = tcp.accept().await else {
                    continue;
                };
                let (acceptor, sender) = (acceptor.clone(), sender.clone());
                // A browser may open a connection and say nothing.
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        // Nobody listens any more once the test is over.
                        let _ = sender.send((stream, from)).await;
                    }
                });
            }
        });
        Ok(TlsListener {
            address,
            connections,
        })
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.connections.recv().await {
            Some(connection) => connection,
            // The task that accepts has ended: no connection will come.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

fn config(domains: &[String]) -> ServerConfig {
    let names = ["localhost", "127.0.0.1"].map(str::to_owned).into_iter();
    let names = names.chain(domains.iter().map(|domain| format!("*.{domain}")));
    let made = rcgen::generate_simple_self_signed(names.collect::<Vec<_>>());
    let made = made.expect("the names are names");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the provider has them")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("the key is the certificate's")
}
