/*
 * Why there is no TLS, in words that say whom to call: two tables, one of what
 * is wrong with the peer's certificate, one of everything else.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/check.h"
#include "gateway/tls_inside.h"

#define NAMES_SHOWN 3

static void add_names(X509 *its, char why[TLS_WHY]);
static void add_name(const GENERAL_NAME *name, char why[TLS_WHY]);
static void add_day(const ASN1_TIME *when, char why[TLS_WHY]);
static void add(char why[TLS_WHY], const char *before, const char *text);

static const struct refusal {
	int verdict;
	const char *says;
	bool name, day; /* what belongs to it */
} refusals[] = {
	{ X509_V_ERR_CERT_HAS_EXPIRED, "it has expired", false, true },
	{ X509_V_ERR_CERT_NOT_YET_VALID, "it is not valid yet", false, true },
	{ X509_V_ERR_HOSTNAME_MISMATCH, "it is for another name", true, false },
	{ X509_V_ERR_IP_ADDRESS_MISMATCH, "it is for another address", true,
	    false },
	{ X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
	    "it is self-signed, and not in tls_ca_file", false, false },
	{ X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
	    "its authority is not in tls_ca_file", false, false },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
	    "its authority is not in tls_ca_file", false, false },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
	    "its authority is not in tls_ca_file", false, false },
	{ X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
	    "its authority is not in tls_ca_file", false, false },
	{ X509_V_ERR_CERT_SIGNATURE_FAILURE,
	    "another authority of that name has signed it", false, false },
};

static const struct {
	int reason;
	const char *says;
} reasons[] = {
	{ SSL_R_WRONG_VERSION_NUMBER, "the peer does not speak TLS" },
	{ SSL_R_HTTP_REQUEST, "the peer does not speak TLS" },
	{ SSL_R_HTTPS_PROXY_REQUEST, "the peer does not speak TLS" },
	{ SSL_R_UNSUPPORTED_PROTOCOL, "the peer speaks no TLS from 1.2 on" },
	{ SSL_R_TLSV1_ALERT_PROTOCOL_VERSION,
	    "the peer speaks no TLS from 1.2 on" },
	{ SSL_R_NO_SHARED_CIPHER, "no cipher in common" },
	{ SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE,
	    "the peer refuses: it wants a certificate, or other ciphers" },
	{ SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED,
	    "the peer wants a certificate of ours" },
	{ SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE,
	    "the peer shows no certificate" },
	{ SSL_R_TLSV1_ALERT_UNKNOWN_CA,
	    "the peer does not believe who signed our certificate" },
	{ SSL_R_SSLV3_ALERT_BAD_CERTIFICATE,
	    "the peer refuses our certificate" },
	{ SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN,
	    "the peer refuses our certificate" },
	{ SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED,
	    "our certificate has expired, says the peer" },
	{ SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED,
	    "our certificate is revoked, says the peer" },
	{ SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC,
	    "somebody has changed what was sent" },
	{ SSL_R_NO_RENEGOTIATION, "no renegotiation" },
};

void
tls_say_why(char why[TLS_WHY])
{
	unsigned long error = ERR_peek_last_error();
	const char *says = ERR_reason_error_string(error);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(reasons); i++)
		if (ERR_GET_LIB(error) == ERR_LIB_SSL &&
		    ERR_GET_REASON(error) == reasons[i].reason)
			says = reasons[i].says;
	snprintf(why, TLS_WHY, "no TLS: %s",
	    says != NULL ? says : "the peer makes no sense");
}

void
tls_say_refused(X509_STORE_CTX *chain, const char *peer, char why[TLS_WHY])
{
	int verdict = X509_STORE_CTX_get_error(chain);
	struct refusal r = { 0, X509_verify_cert_error_string(verdict), false,
		false };
	X509 *its = X509_STORE_CTX_get_current_cert(chain);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(refusals); i++)
		if (refusals[i].verdict == verdict)
			r = refusals[i];
	snprintf(why, TLS_WHY, "no TLS: the peer's certificate is refused: %s",
	    r.says);
	if (r.name && its != NULL && peer != NULL) {
		add(why, " wanted=", peer);
		add_names(its, why);
	}
	if (r.day && its != NULL) {
		add_day(X509_get0_notBefore(its), why);
		add_day(X509_get0_notAfter(its), why);
	}
}

static void
add_names(X509 *its, char why[TLS_WHY])
{
	GENERAL_NAMES *names =
	    X509_get_ext_d2i(its, NID_subject_alt_name, NULL, NULL);
	char common[65] = "";
	int i;

	for (i = 0; i < sk_GENERAL_NAME_num(names) && i < NAMES_SHOWN; i++)
		add_name(sk_GENERAL_NAME_value(names, i), why);
	GENERAL_NAMES_free(names);
	X509_NAME_get_text_by_NID(
	    X509_get_subject_name(its), NID_commonName, common, sizeof(common));
	if (i == 0)
		add(why, " has=", common);
}

static void
add_name(const GENERAL_NAME *name, char why[TLS_WHY])
{
	const ASN1_STRING *value;
	char text[INET6_ADDRSTRLEN] = "";
	int type;

	value = GENERAL_NAME_get0_value(name, &type);
	if (type == GEN_DNS)
		add(why, " has=", (const char *)ASN1_STRING_get0_data(value));
	if (type != GEN_IPADD)
		return;
	inet_ntop(ASN1_STRING_length(value) == 4 ? AF_INET : AF_INET6,
	    ASN1_STRING_get0_data(value), text, sizeof(text));
	add(why, " has=", text);
}

static void
add_day(const ASN1_TIME *when, char why[TLS_WHY])
{
	struct tm day;
	char text[16];

	if (ASN1_TIME_to_tm(when, &day) != 1)
		return;
	strftime(text, sizeof(text), "%Y-%m-%d", &day);
	add(why, strstr(why, " from=") == NULL ? " from=" : " until=", text);
}

/* The text is the peer's: what is no part of a name could forge a line. */
static void
add(char why[TLS_WHY], const char *before, const char *text)
{
	size_t len = strlen(why) + strlen(before);

	if (len >= TLS_WHY)
		return;
	strcat(why, before);
	for (; *text != '\0' && len < TLS_WHY - 1; text++, len++)
		why[len] = isalnum((unsigned char)*text) ||
			strchr(".:*-_", *text) != NULL
		    ? *text
		    : '?';
	why[len] = '\0';
}
