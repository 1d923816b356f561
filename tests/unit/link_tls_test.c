/*
 * A link whose operator speaks TLS, well or badly.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "gateway/tls_inside.h"
#include "tests/unit/certificates.h"
#include "tests/unit/link_fixture.h"

static char folder[] = "/tmp/mlango-tls-XXXXXX";
static char log_path[64];

/* An operator with that certificate, and a link that believes ca. */
static struct fixture *
a_fixture(const char *certificate, const char *ca)
{
	const struct tls_files files = {
		ca != NULL ? certificate_file(folder, ca, "pem") : NULL,
		certificate_file(folder, certificate, "pem"),
		certificate_file(folder, certificate, "key"),
	};
	struct fixture *f = fixture_new();
	char why[TLS_WHY] = "";

	f->peer.tls = tls_server(&files, why);
	assert_string_equal(why, "");
	f->settings.tls = LINK_TLS_ON;
	f->settings.tls_ca_file = strdup(certificate_file(folder, "ca", "pem"));
	log_setup(LOG_LEVEL_NOTICE, LOG_FORM_TEXT);
	unlink(log_path);
	assert_int_equal(log_open(log_path), 0);
	return f;
}

static void
a_fixture_free(struct fixture *f)
{
	free((char *)f->settings.tls_ca_file);
	tls_free(f->peer.tls);
	fixture_free(f);
	log_setup(LOG_LEVEL_ERROR + 1, LOG_FORM_TEXT);
}

static bool
logged(const char *text)
{
	char log[16384];
	FILE *in = fopen(log_path, "r");
	size_t len = in != NULL ? fread(log, 1, sizeof(log) - 1, in) : 0;

	if (in != NULL)
		fclose(in);
	log[len] = '\0';
	return strstr(log, text) != NULL;
}

static bool
has_been(const struct fixture *f, enum bind_state state)
{
	size_t i;

	for (i = 0; i < f->state_count; i++)
		if (f->states[i] == state)
			return true;
	return false;
}

/* ---- good ones */

static void
a_link_binds_and_talks_in_tls(void **state)
{
	struct fixture *f = a_fixture("good", NULL);
	struct pdu deliver = a_deliver(7, "1");

	(void)state;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	submit(f, LINK_CLASS_SMS, "karibu", 1000, 0);
	peer_send(&f->peer, &deliver);
	UNTIL(f, f->answers == 1 && f->requests == 1);
	assert_int_equal(f->results[LINK_SENT], 1);
	assert_string_equal(f->request_text, "1");
	link_drain(f->link);
	UNTIL(f, link_state(f->link) == BIND_DOWN);
	assert_int_equal(peer_heard(&f->peer, PDU_UNBIND), 1);
	a_fixture_free(f);
}

static void
bursts_keep_their_order_in_both_directions(void **state)
{
	struct fixture *f = a_fixture("good", NULL);
	struct pdu deliver;
	uint32_t i;

	(void)state;
	f->settings.window = 200;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	for (i = 0; i < 200; i++) {
		submit(f, LINK_CLASS_SMS, "karibu", 20000, (int)i);
		deliver = a_deliver(1000 + i, "1");
		peer_send(&f->peer, &deliver);
	}
	UNTIL(f, f->answers == 200 && f->requests == 200);
	for (i = 0; i < 200; i++) {
		assert_int_equal(f->order[i], i);
		assert_int_equal(f->request_sequences[i], 1000 + i);
	}
	a_fixture_free(f);
}

static void
our_certificate_is_shown_where_it_is_wanted(void **state)
{
	struct fixture *f = a_fixture("good", "ca");

	(void)state;
	f->settings.tls_certificate_file =
	    certificate_file(folder, "client", "pem");
	f->settings.tls_key_file = certificate_file(folder, "client", "key");
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	a_fixture_free(f);
}

static void
a_name_may_be_given_where_the_address_is_not_in_the_certificate(void **state)
{
	struct fixture *f = a_fixture("elsewhere", NULL);

	(void)state;
	f->settings.tls_name = "smsc.elsewhere.example";
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	a_fixture_free(f);
}

/* ---- bad ones */

static const struct {
	const char *certificate, *ca; /* the operator's */
	const char *says;
} operators[] = {
	{ "stranger", NULL, "its authority is not in tls_ca_file" },
	{ "self", NULL, "it is self-signed, and not in tls_ca_file" },
	{ "expired", NULL, "it has expired from=" },
	{ "elsewhere", NULL,
	    "it is for another address wanted=127.0.0.1 "
	    "has=smsc.elsewhere.example" },
	{ "good", "ca", "no TLS: the peer wants a certificate of ours" },
};

static void
nothing_is_said_to_an_operator_that_does_not_hold(void **state)
{
	struct fixture *f;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(operators); i++) {
		f = a_fixture(operators[i].certificate, operators[i].ca);
		fixture_start(f);
		UNTIL(f, f->peer.connections == 3);
		assert_true(logged(operators[i].says));
		assert_false(has_been(f, BIND_BOUND));
		assert_int_equal(f->peer.count, 0);
		a_fixture_free(f);
	}
}

static void
an_operator_of_old_versions_is_refused(void **state)
{
	struct fixture *f = a_fixture("good", NULL);

	(void)state;
	SSL_CTX_set_security_level(f->peer.tls->context, 0);
	SSL_CTX_set_min_proto_version(f->peer.tls->context, TLS1_VERSION);
	SSL_CTX_set_max_proto_version(f->peer.tls->context, TLS1_1_VERSION);
	fixture_start(f);
	UNTIL(f, f->peer.connections == 3);
	assert_true(
	    logged(" down no TLS: the peer speaks no TLS from 1.2 on retry"));
	a_fixture_free(f);
}

/* It answers our greeting as SMPP wants it, and hangs up. */
static void
a_plain_operator_is_no_reason_to_be_plain(void **state)
{
	struct fixture *f = a_fixture("good", NULL);
	struct tls *tls = f->peer.tls;

	(void)state;
	f->peer.tls = NULL;
	f->peer.nacks_garbled = true;
	fixture_start(f);
	UNTIL(f, f->peer.connections == 3);
	assert_true(logged(" down no TLS: the peer does not speak TLS retry"));
	assert_false(has_been(f, BIND_BINDING));
	assert_int_equal(f->peer.count, 0);
	f->peer.tls = tls;
	a_fixture_free(f);
}

static void
a_handshake_that_never_ends_ends_with_the_connects_time(void **state)
{
	struct fixture *f = a_fixture("good", NULL);
	struct tls *tls = f->peer.tls;

	(void)state;
	f->peer.tls = NULL;
	f->peer.deaf = true;
	f->settings.connect_ms = 50;
	fixture_start(f);
	UNTIL(f, f->peer.connections == 3);
	assert_true(logged(" down no TLS: no handshake in time retry"));
	assert_false(has_been(f, BIND_BINDING));
	f->peer.tls = tls;
	a_fixture_free(f);
}

static void
a_cut_between_records_is_a_drop_and_what_was_in_flight_is_unknown(void **state)
{
	struct fixture *f = a_fixture("good", NULL);

	(void)state;
	f->peer.ignores_submits = true;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	submit(f, LINK_CLASS_SMS, "karibu", 1000, 0);
	UNTIL(f, peer_heard(&f->peer, PDU_SUBMIT_SM) == 1);
	shutdown(f->peer.fd, SHUT_RDWR);
	UNTIL(f, f->answers == 1);
	assert_int_equal(f->results[LINK_UNKNOWN], 1);
	UNTIL(f, logged(" down cut off: TLS was not closed retry"));
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	a_fixture_free(f);
}

/* ---- several hosts, and files that change */

/* The operator's certificate is for the second of them. */
static void
a_host_whose_certificate_does_not_hold_is_passed_by(void **state)
{
	static const char *const hosts[] = { "localhost", "127.0.0.1", NULL };
	struct fixture *f = a_fixture("good", NULL);

	(void)state;
	f->settings.hosts = hosts;
	fixture_start(f);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	assert_int_equal(f->peer.connections, 2);
	assert_true(logged("it is for another name wanted=localhost"));
	a_fixture_free(f);
}

static void
what_was_renewed_holds_from_the_next_connection_on(void **state)
{
	struct fixture *f = a_fixture("stranger", NULL);
	char command[512];

	(void)state;
	free((char *)f->settings.tls_ca_file);
	f->settings.tls_ca_file =
	    strdup(certificate_file(folder, "late-ca", "pem"));
	fixture_start(f);
	UNTIL(f, logged("late-ca.pem: No such file or directory"));
	snprintf(command, sizeof(command),
	    "cd %s && cp other-ca.pem late-ca.pem", folder);
	assert_int_equal(system(command), 0);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	a_fixture_free(f);
}

static void
a_key_that_everybody_may_read_is_not_used(void **state)
{
	struct fixture *f = a_fixture("good", "ca");
	const char *key = certificate_file(folder, "client", "key");

	(void)state;
	chmod(key, 0644);
	f->settings.tls_certificate_file =
	    certificate_file(folder, "client", "pem");
	f->settings.tls_key_file = key;
	fixture_start(f);
	UNTIL(f, logged("client.key: everybody on this machine may open it"));
	assert_false(has_been(f, BIND_BINDING));
	chmod(key, 0600);
	UNTIL(f, link_state(f->link) == BIND_BOUND);
	a_fixture_free(f);
}

static int
make_certificates(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(log_path, sizeof(log_path), "%s/log", folder);
	certificates_make(folder);
	return 0;
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
		cmocka_unit_test(a_link_binds_and_talks_in_tls),
		cmocka_unit_test(bursts_keep_their_order_in_both_directions),
		cmocka_unit_test(our_certificate_is_shown_where_it_is_wanted),
		cmocka_unit_test(
		    a_name_may_be_given_where_the_address_is_not_in_the_certificate),
		cmocka_unit_test(
		    nothing_is_said_to_an_operator_that_does_not_hold),
		cmocka_unit_test(an_operator_of_old_versions_is_refused),
		cmocka_unit_test(a_plain_operator_is_no_reason_to_be_plain),
		cmocka_unit_test(
		    a_handshake_that_never_ends_ends_with_the_connects_time),
		cmocka_unit_test(
		    a_cut_between_records_is_a_drop_and_what_was_in_flight_is_unknown),
		cmocka_unit_test(
		    a_host_whose_certificate_does_not_hold_is_passed_by),
		cmocka_unit_test(
		    what_was_renewed_holds_from_the_next_connection_on),
		cmocka_unit_test(a_key_that_everybody_may_read_is_not_used),
	};

	return cmocka_run_group_tests(
	    tests, make_certificates, remove_certificates);
}
