/*
 * Both sides of a conversation in memory: who is believed, what is said when
 * somebody is not, and what is never agreed to.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <event2/buffer.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "gateway/tls_inside.h"
#include "tests/unit/certificates.h"

static char folder[] = "/tmp/mlango-tls-XXXXXX";

struct pair {
	struct tls_session *client, *server;
	enum tls_step client_is, server_is;
};

static struct tls_files
files(const char *ca, const char *certificate)
{
	struct tls_files f = { NULL, NULL, NULL };

	if (ca != NULL)
		f.ca = certificate_file(folder, ca, "pem");
	if (certificate != NULL) {
		f.certificate = certificate_file(folder, certificate, "pem");
		f.key = certificate_file(folder, certificate, "key");
	}
	return f;
}

static struct tls *
server(const char *certificate, const char *ca)
{
	struct tls_files f = files(ca, certificate);
	char why[TLS_WHY] = "";
	struct tls *t = tls_server(&f, why);

	assert_string_equal(why, "");
	return t;
}

static struct tls *
client(const char *ca, const char *certificate)
{
	struct tls_files f = files(ca, certificate);
	char why[TLS_WHY] = "";
	struct tls *t = tls_client(&f, why);

	assert_string_equal(why, "");
	return t;
}

static void
carry(struct tls_session *from, struct tls_session *to)
{
	evbuffer_add_buffer(tls_coming(to), tls_leaving(from));
}

static struct pair
pair(struct tls *c, struct tls *s, const char *peer)
{
	struct pair p = { tls_session_new(c, peer), tls_session_new(s, NULL),
		TLS_MORE, TLS_MORE };
	int i;

	for (i = 0; i < 8; i++) {
		if (p.client_is == TLS_MORE)
			p.client_is = tls_shake(p.client);
		carry(p.client, p.server);
		if (p.server_is == TLS_MORE)
			p.server_is = tls_shake(p.server);
		carry(p.server, p.client);
	}
	tls_free(c);
	tls_free(s);
	return p;
}

static void
pair_free(struct pair *p)
{
	tls_session_free(p->client);
	tls_session_free(p->server);
}

/* What FROM says, as TO reads it. */
static enum tls_step
say(struct tls_session *from, struct tls_session *to, const char *text,
    char *heard)
{
	struct evbuffer *out = evbuffer_new(), *in = evbuffer_new();
	enum tls_step step;
	int len;

	evbuffer_add(out, text, strlen(text));
	if (*text != '\0')
		assert_int_equal(tls_write(from, out), strlen(text));
	carry(from, to);
	step = tls_read(to, in);
	len = evbuffer_remove(in, heard, 99);
	heard[len > 0 ? len : 0] = '\0';
	evbuffer_free(out);
	evbuffer_free(in);
	return step;
}

/* ---- who is believed */

static const struct {
	const char *ca, *certificate, *peer;
	const char *says; /* NULL: it is believed */
} peers[] = {
	{ "ca", "good", "127.0.0.1", NULL },
	{ "ca", "good", "smsc.example", NULL },
	{ "ca", "good", "SMSC.Example", NULL },
	{ "ca", "chained", "127.0.0.1", NULL },
	{ "good", "good", "127.0.0.1", NULL }, /* itself, and no authority */
	{ "self", "self", "127.0.0.1", NULL },
	{ "between", "chained", "127.0.0.1", NULL },
	{ "other-ca", "good", "127.0.0.1",
	    "its authority is not in tls_ca_file" },
	{ "ca", "stranger", "127.0.0.1",
	    "its authority is not in tls_ca_file" },
	{ NULL, "good", "127.0.0.1", "its authority is not in tls_ca_file" },
	{ "ca", "self", "127.0.0.1",
	    "it is self-signed, and not in tls_ca_file" },
	{ "ca", "expired", "127.0.0.1", "it has expired from=" },
	{ "expired", "expired", "127.0.0.1", "it has expired from=" },
	{ "ca", "early", "127.0.0.1", "it is not valid yet from=" },
	{ "ca", "elsewhere", "127.0.0.1",
	    "it is for another address wanted=127.0.0.1 "
	    "has=smsc.elsewhere.example has=192.0.2.1" },
	{ "ca", "elsewhere", "smsc.example",
	    "it is for another name wanted=smsc.example "
	    "has=smsc.elsewhere.example has=192.0.2.1" },
	{ "ca", "good", "127.0.0.2", "it is for another address" },
	{ "ca", "good", "::1", "it is for another address" },
	{ "ca", "good", "example", "it is for another name" },
	{ "ca", "good", "x.smsc.example", "it is for another name" },
	{ "ca", "ca", "ca", NULL }, /* no names, so its common one */
	{ "ca", "ca", "127.0.0.1",
	    "it is for another address wanted=127.0.0.1 has=ca" },
};

static void
a_peer_is_believed_by_its_chain_its_dates_and_its_name(void **state)
{
	char wanted[TLS_WHY];
	struct pair p;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(peers); i++) {
		p = pair(client(peers[i].ca, NULL),
		    server(peers[i].certificate, NULL), peers[i].peer);
		if (peers[i].says == NULL) {
			assert_string_equal(tls_why(p.client), "");
			assert_int_equal(p.client_is, TLS_DONE);
			assert_int_equal(p.server_is, TLS_DONE);
		} else {
			snprintf(wanted, sizeof(wanted),
			    "no TLS: the peer's certificate is refused: %s",
			    peers[i].says);
			assert_int_equal(p.client_is, TLS_BROKEN);
			assert_memory_equal(
			    tls_why(p.client), wanted, strlen(wanted));
			assert_int_equal(p.server_is, TLS_BROKEN);
		}
		pair_free(&p);
	}
}

/* ---- who we are */

static const struct {
	const char *certificate, *ca; /* the client's; the server's */
	int version;
	const char *client_says, *server_says;
} clients[] = {
	{ "client", "ca", TLS1_3_VERSION, "", "" },
	{ "client", "ca", TLS1_2_VERSION, "", "" },
	{ "client", NULL, TLS1_3_VERSION, "", "" }, /* nobody asks */
	{ NULL, "ca", TLS1_3_VERSION,
	    "no TLS: the peer wants a certificate of ours",
	    "no TLS: the peer shows no certificate" },
	{ NULL, "ca", TLS1_2_VERSION,
	    "no TLS: the peer refuses: it wants a certificate, or other "
	    "ciphers",
	    "no TLS: the peer shows no certificate" },
	{ "client", "other-ca", TLS1_3_VERSION,
	    "no TLS: the peer does not believe who signed our certificate",
	    "no TLS: the peer's certificate is refused: its authority is not "
	    "in tls_ca_file" },
	{ "expired", "ca", TLS1_3_VERSION,
	    "no TLS: our certificate has expired, says the peer",
	    "no TLS: the peer's certificate is refused: it has expired" },
};

static void
a_server_believes_whose_certificate_it_wants_to_see(void **state)
{
	char heard[100];
	struct tls *s;
	struct pair p;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(clients); i++) {
		s = server("good", clients[i].ca);
		SSL_CTX_set_max_proto_version(s->context, clients[i].version);
		p = pair(client("ca", clients[i].certificate), s, "127.0.0.1");
		/* In TLS 1.3 the refusal comes after our side is done. */
		if (p.client_is == TLS_DONE)
			say(p.server, p.client, "", heard);
		assert_string_equal(tls_why(p.client), clients[i].client_says);
		assert_memory_equal(tls_why(p.server), clients[i].server_says,
		    strlen(clients[i].server_says));
		pair_free(&p);
	}
}

/* ---- what is not agreed to */

static void
nothing_older_than_1_2_is_spoken(void **state)
{
	static const struct {
		int version;
		enum tls_step step;
	} versions[] = {
		{ TLS1_VERSION, TLS_BROKEN },
		{ TLS1_1_VERSION, TLS_BROKEN },
		{ TLS1_2_VERSION, TLS_DONE },
		{ TLS1_3_VERSION, TLS_DONE },
	};
	struct tls *s, *c;
	struct pair p;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(versions); i++) {
		s = server("good", NULL);
		SSL_CTX_set_security_level(s->context, 0);
		SSL_CTX_set_min_proto_version(s->context, TLS1_VERSION);
		SSL_CTX_set_max_proto_version(s->context, versions[i].version);
		p = pair(client("ca", NULL), s, "127.0.0.1");
		assert_int_equal(p.client_is, versions[i].step);
		if (versions[i].step == TLS_BROKEN)
			assert_string_equal(tls_why(p.client),
			    "no TLS: the peer speaks no TLS from 1.2 on");
		pair_free(&p);

		c = client("ca", NULL);
		SSL_CTX_set_security_level(c->context, 0);
		SSL_CTX_set_min_proto_version(c->context, TLS1_VERSION);
		SSL_CTX_set_max_proto_version(c->context, versions[i].version);
		p = pair(c, server("good", NULL), "127.0.0.1");
		assert_int_equal(p.server_is, versions[i].step);
		pair_free(&p);
	}
}

static void
what_is_no_tls_is_told_apart(void **state)
{
	static const struct {
		const char *octets;
		size_t len;
	} greetings[] = {
		{ "\0\0\0\20\200\0\0\0\0\0\0\2\0\0\0\0",
		    16 }, /* generic_nack */
		{ "HTTP/1.1 400 Bad Request\r\n\r\n", 28 },
		{ "SSH-2.0-OpenSSH_9.2\r\n", 21 },
	};
	struct tls *c = client("ca", NULL);
	struct tls_session *s;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(greetings); i++) {
		s = tls_session_new(c, "127.0.0.1");
		assert_int_equal(tls_shake(s), TLS_MORE);
		evbuffer_add(
		    tls_coming(s), greetings[i].octets, greetings[i].len);
		assert_int_equal(tls_shake(s), TLS_BROKEN);
		assert_string_equal(
		    tls_why(s), "no TLS: the peer does not speak TLS");
		tls_session_free(s);
	}
	tls_free(c);
}

/* ---- files that are no good */

static void
a_file_that_is_no_good_is_named(void **state)
{
	const char *good = certificate_file(folder, "good", "pem");
	const char *key = certificate_file(folder, "good", "key");
	const char *open = certificate_file(folder, "open", "key");
	const char *locked = certificate_file(folder, "locked", "key");
	const char *gone = certificate_file(folder, "gone", "pem");
	const char *other = certificate_file(folder, "client", "key");
	const struct {
		struct tls_files files;
		const char *file, *says;
	} cases[] = {
		{ { gone, NULL, NULL }, gone, "No such file or directory" },
		{ { key, NULL, NULL }, key, "it holds no certificate in PEM" },
		{ { NULL, gone, key }, gone, "No such file or directory" },
		{ { NULL, key, key }, key,
		    "it holds no certificate in PEM, or one too weak" },
		{ { NULL, good, NULL }, good, "it has no key" },
		{ { NULL, good, gone }, gone, "No such file or directory" },
		{ { NULL, good, good }, good,
		    "everybody on this machine may open it; chmod o= it" },
		{ { NULL, good, open }, open,
		    "everybody on this machine may open it; chmod o= it" },
		{ { NULL, good, other }, other,
		    "it is not the certificate's key" },
		{ { NULL, good, locked }, locked,
		    "it holds no key in PEM, or one under a passphrase" },
	};
	char why[TLS_WHY], wanted[TLS_WHY];
	size_t i;

	(void)state;
	chmod(good, 0644);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		why[0] = '\0';
		snprintf(wanted, sizeof(wanted), "%s: %s", cases[i].file,
		    cases[i].says);
		assert_null(tls_client(&cases[i].files, why));
		assert_string_equal(why, wanted);
	}
}

/* ---- what is said */

static void
what_one_says_the_other_reads_and_its_end_too(void **state)
{
	struct pair p =
	    pair(client("ca", NULL), server("good", NULL), "smsc.example");
	char heard[100];

	(void)state;
	assert_int_equal(say(p.client, p.server, "karibu", heard), TLS_MORE);
	assert_string_equal(heard, "karibu");
	assert_int_equal(say(p.server, p.client, "asante", heard), TLS_MORE);
	assert_string_equal(heard, "asante");
	tls_close(p.server);
	assert_int_equal(say(p.server, p.client, "", heard), TLS_CLOSED);
	pair_free(&p);
}

static void
a_changed_record_gives_no_octet(void **state)
{
	struct pair p =
	    pair(client("ca", NULL), server("good", NULL), "smsc.example");
	struct evbuffer *out = evbuffer_new();
	char heard[100] = "", *last;
	size_t len;

	(void)state;
	evbuffer_add(out, "karibu", 6);
	assert_int_equal(tls_write(p.server, out), 6);
	len = evbuffer_get_length(tls_leaving(p.server));
	last = (char *)evbuffer_pullup(tls_leaving(p.server), -1) + len - 1;
	*last ^= 1;
	assert_int_equal(say(p.server, p.client, "", heard), TLS_BROKEN);
	assert_string_equal(heard, "");
	assert_string_equal(
	    tls_why(p.client), "no TLS: somebody has changed what was sent");
	assert_int_equal(tls_write(p.client, out), -1);
	evbuffer_free(out);
	pair_free(&p);
}

static void
nobody_renegotiates(void **state)
{
	struct tls *s = server("good", NULL), *c = client("ca", NULL);
	char heard[100];
	struct pair p;

	(void)state;
	SSL_CTX_set_max_proto_version(s->context, TLS1_2_VERSION);
	SSL_CTX_clear_options(s->context, SSL_OP_NO_RENEGOTIATION);
	p = pair(c, s, "smsc.example");
	assert_int_equal(SSL_renegotiate(p.server->ssl), 1);
	tls_shake(p.server);
	assert_int_equal(say(p.server, p.client, "", heard), TLS_MORE);
	assert_int_equal(say(p.client, p.server, "", heard), TLS_BROKEN);
	assert_string_equal(tls_why(p.server), "no TLS: no renegotiation");
	pair_free(&p);
}

static int
make_certificates(void **state)
{
	char command[256];

	(void)state;
	assert_non_null(mkdtemp(folder));
	certificates_make(folder);
	snprintf(command, sizeof(command),
	    "cd %s && cp good.key open.key && chmod 604 open.key && "
	    "printf '%%s\\n' '-----BEGIN ENCRYPTED PRIVATE KEY-----' "
	    "'-----END ENCRYPTED PRIVATE KEY-----' >locked.key && "
	    "chmod 600 locked.key",
	    folder);
	return system(command);
}

static int
remove_certificates(void **state)
{
	char command[256];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_peer_is_believed_by_its_chain_its_dates_and_its_name),
		cmocka_unit_test(
		    a_server_believes_whose_certificate_it_wants_to_see),
		cmocka_unit_test(nothing_older_than_1_2_is_spoken),
		cmocka_unit_test(what_is_no_tls_is_told_apart),
		cmocka_unit_test(a_file_that_is_no_good_is_named),
		cmocka_unit_test(what_one_says_the_other_reads_and_its_end_too),
		cmocka_unit_test(a_changed_record_gives_no_octet),
		cmocka_unit_test(nobody_renegotiates),
	};

	return cmocka_run_group_tests(
	    tests, make_certificates, remove_certificates);
}
