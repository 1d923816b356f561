/*
 * What the files of TLS share with one another, and with nobody else.
 *
 *	tls.c		what both sides of all sessions have in common
 *	tls_session.c	one conversation
 *	tls_why.c	what went wrong, in words
 */
#ifndef GATEWAY_TLS_INSIDE_H
#define GATEWAY_TLS_INSIDE_H

#include <openssl/ssl.h>

#include "gateway/tls.h"

struct tls {
	SSL_CTX *context;
};

/* What OpenSSL has just complained of; PEER as in tls_session_new. */
void tls_say_why(SSL *ssl, const char *peer, char why[TLS_WHY]);

#endif
