/*
 * What the files of TLS share with one another, and with nobody else but
 * their test.
 *
 *	tls.c		what both sides of all sessions have in common
 *	tls_session.c	one conversation
 *	tls_why.c	what went wrong, in words
 */
#ifndef GATEWAY_TLS_INSIDE_H
#define GATEWAY_TLS_INSIDE_H

#include <openssl/ssl.h>
#include <stdbool.h>

#include "gateway/tls.h"

struct tls {
	SSL_CTX *context;
};

struct tls_session {
	SSL *ssl;
	struct evbuffer *coming, *leaving;
	char *peer; /* or NULL */
	bool broken;
	char why[TLS_WHY];
};

/* What OpenSSL has just complained of; and why the certificate that it looks
 * at in CHAIN does not hold, PEER as in tls_session_new. */
void tls_say_why(char why[TLS_WHY]);
void tls_say_refused(
    X509_STORE_CTX *chain, const char *peer, char why[TLS_WHY]);

#endif
