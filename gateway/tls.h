/*
 * TLS, and the only files that know OpenSSL's part of it: octets in, octets
 * out, no socket and no clock of its own.
 *
 * TLS 1.2 at least, no renegotiation, no compression, no tickets. A client
 * always verifies chain and name; there is no switch to turn that off.
 */
#ifndef GATEWAY_TLS_H
#define GATEWAY_TLS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct evbuffer;
struct tls;
struct tls_session;

/* PEM files; each may be NULL. */
struct tls_files {
	/* Whom we believe: without it a client believes whom the system does,
	 * and a server asks for no certificate. */
	const char *ca;
	/* Ours, with the chain that leads to whom the peer believes. */
	const char *certificate;
	/* Its key: without a passphrase, and not for everybody to read. */
	const char *key;
};

#define TLS_WHY 256

/* NULL and WHY when a file is no good. */
struct tls *tls_client(const struct tls_files *files, char why[TLS_WHY]);
struct tls *tls_server(const struct tls_files *files, char why[TLS_WHY]);
/* Sessions of it go on. */
void tls_free(struct tls *t);

/* PEER is for whom the peer's certificate must be, a name or a numeric
 * address; NULL for a server's, which takes any that was signed. */
struct tls_session *tls_session_new(struct tls *t, const char *peer);
void tls_session_free(struct tls_session *s);

/* What came from the peer is put into the one, what is for the peer taken from
 * the other; after any of the calls below there may be something. */
struct evbuffer *tls_coming(struct tls_session *s);
struct evbuffer *tls_leaving(struct tls_session *s);

enum tls_step {
	TLS_DONE,
	TLS_MORE, /* must come first */
	TLS_CLOSED, /* the peer said that it ends here */
	TLS_BROKEN, /* for good; tls_why */
};

enum tls_step tls_shake(struct tls_session *s);
/* Appends to IN all that has come whole. Never TLS_DONE. */
enum tls_step tls_read(struct tls_session *s, struct evbuffer *in);
/* How much of OUT's front was sealed, one record at most; -1: TLS_BROKEN. */
ssize_t tls_write(struct tls_session *s, struct evbuffer *out);
/* Says that we end here. */
void tls_close(struct tls_session *s);

/* Why it is broken, for people. */
const char *tls_why(const struct tls_session *s);

#endif
