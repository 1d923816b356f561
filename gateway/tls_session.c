/*
 * One conversation. OpenSSL reads and writes our two buffers, as it else would
 * a socket, and never hears that the connection has ended: what that means is
 * for the owner to say, who knows whether the peer took leave.
 */
#include <event2/buffer.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "gateway/tls_inside.h"

#define RECORD_MOST SSL3_RT_MAX_PLAIN_LENGTH

static void expect(struct tls_session *s);
static int verified(int good, X509_STORE_CTX *chain);
static enum tls_step step_of(struct tls_session *s, int result);
static const BIO_METHOD *buffers(void);
static int buffer_read(BIO *bio, char *octets, int len);
static int buffer_write(BIO *bio, const char *octets, int len);
static long buffer_control(BIO *bio, int what, long number, void *arg);

struct tls_session *
tls_session_new(struct tls *t, const char *peer)
{
	struct tls_session *s = calloc(1, sizeof(*s));
	BIO *in = BIO_new(buffers()), *out = BIO_new(buffers());

	CHECK(s != NULL && in != NULL && out != NULL);
	s->ssl = SSL_new(t->context);
	s->coming = evbuffer_new();
	s->leaving = evbuffer_new();
	CHECK(s->ssl != NULL && s->coming != NULL && s->leaving != NULL);
	BIO_set_data(in, s->coming);
	BIO_set_data(out, s->leaving);
	BIO_set_init(in, 1);
	BIO_set_init(out, 1);
	SSL_set_bio(s->ssl, in, out);
	SSL_set_app_data(s->ssl, s);
	SSL_set_verify(s->ssl, SSL_get_verify_mode(s->ssl), verified);
	if (peer == NULL) {
		SSL_set_accept_state(s->ssl);
		return s;
	}
	SSL_set_connect_state(s->ssl);
	s->peer = strdup(peer);
	CHECK(s->peer != NULL);
	expect(s);
	return s;
}

void
tls_session_free(struct tls_session *s)
{
	if (s == NULL)
		return;
	SSL_free(s->ssl);
	evbuffer_free(s->coming);
	evbuffer_free(s->leaving);
	free(s->peer);
	free(s);
}

/* An address stands in a certificate as such, and is never a name in SNI (RFC
 * 6066, 3). */
static void
expect(struct tls_session *s)
{
	X509_VERIFY_PARAM *how = SSL_get0_param(s->ssl);

	if (X509_VERIFY_PARAM_set1_ip_asc(how, s->peer) == 1)
		return;
	ERR_clear_error();
	X509_VERIFY_PARAM_set_hostflags(
	    how, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
	CHECK(X509_VERIFY_PARAM_set1_host(how, s->peer, 0) == 1);
	CHECK(SSL_set_tlsext_host_name(s->ssl, s->peer) == 1);
}

/* Changes nothing: once the handshake has failed nobody can tell why. */
static int
verified(int good, X509_STORE_CTX *chain)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(
	    chain, SSL_get_ex_data_X509_STORE_CTX_idx());
	struct tls_session *s = SSL_get_app_data(ssl);

	if (!good)
		tls_say_refused(chain, s->peer, s->why);
	return good;
}

struct evbuffer *
tls_coming(struct tls_session *s)
{
	return s->coming;
}

struct evbuffer *
tls_leaving(struct tls_session *s)
{
	return s->leaving;
}

enum tls_step
tls_shake(struct tls_session *s)
{
	ERR_clear_error();
	return step_of(s, SSL_do_handshake(s->ssl));
}

enum tls_step
tls_read(struct tls_session *s, struct evbuffer *in)
{
	struct evbuffer_iovec run;
	size_t had;
	int got;

	ERR_clear_error();
	for (;;) {
		had = evbuffer_get_length(s->coming);
		/* What comes open is a little less than what came sealed. */
		CHECK(evbuffer_reserve_space(
			  in, (ssize_t)(had > 512 ? had : 512), &run, 1) == 1);
		got = SSL_read(s->ssl, run.iov_base,
		    (int)(run.iov_len < INT32_MAX ? run.iov_len : INT32_MAX));
		if (got <= 0)
			return step_of(s, got);
		run.iov_len = (size_t)got;
		CHECK(evbuffer_commit_space(in, &run, 1) == 0);
	}
}

ssize_t
tls_write(struct tls_session *s, struct evbuffer *out)
{
	uint8_t record[RECORD_MOST];
	ssize_t len = evbuffer_copyout(out, record, sizeof(record));
	int sealed;

	if (len <= 0)
		return 0;
	if (s->broken)
		return -1;
	ERR_clear_error();
	sealed = SSL_write(s->ssl, record, (int)len);
	if (sealed > 0)
		return sealed;
	step_of(s, sealed);
	return -1;
}

void
tls_close(struct tls_session *s)
{
	if (s->broken || !SSL_is_init_finished(s->ssl))
		return;
	ERR_clear_error();
	SSL_shutdown(s->ssl);
}

const char *
tls_why(const struct tls_session *s)
{
	return s->why;
}

static enum tls_step
step_of(struct tls_session *s, int result)
{
	if (result > 0)
		return TLS_DONE;
	switch (SSL_get_error(s->ssl, result)) {
	case SSL_ERROR_WANT_READ:
		return TLS_MORE;
	case SSL_ERROR_ZERO_RETURN:
		return TLS_CLOSED;
	default:
		/* After this OpenSSL must not be called again. */
		s->broken = true;
		if (s->why[0] == '\0')
			tls_say_why(s->why);
		ERR_clear_error();
		return TLS_BROKEN;
	}
}

/* ---- our buffers as OpenSSL wants to see them */

static const BIO_METHOD *
buffers(void)
{
	static BIO_METHOD *method;

	if (method != NULL)
		return method;
	method =
	    BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "buffer");
	CHECK(method != NULL);
	BIO_meth_set_read(method, buffer_read);
	BIO_meth_set_write(method, buffer_write);
	BIO_meth_set_ctrl(method, buffer_control);
	return method;
}

static int
buffer_read(BIO *bio, char *octets, int len)
{
	int got = evbuffer_remove(BIO_get_data(bio), octets, (size_t)len);

	BIO_clear_retry_flags(bio);
	if (got > 0)
		return got;
	BIO_set_retry_read(bio);
	return -1;
}

static int
buffer_write(BIO *bio, const char *octets, int len)
{
	BIO_clear_retry_flags(bio);
	CHECK(evbuffer_add(BIO_get_data(bio), octets, (size_t)len) == 0);
	return len;
}

static long
buffer_control(BIO *bio, int what, long number, void *arg)
{
	(void)bio;
	(void)number;
	(void)arg;
	return what == BIO_CTRL_FLUSH;
}
