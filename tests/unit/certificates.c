/*
 * Certificates by a table. Elliptic curves, since their keys are made at once.
 */
#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "tests/unit/certificates.h"

#define DAY   86400L
#define NAMES "DNS:smsc.example,IP:127.0.0.1"

static const struct plan {
	const char *name;
	const char *signer; /* NULL: itself */
	const char *names; /* NULL: an authority's */
	long from, until; /* days */
} plans[] = {
	{ "ca", NULL, NULL, -1, 2 },
	{ "other-ca", NULL, NULL, -1, 2 },
	{ "between", "ca", NULL, -1, 2 },
	{ "good", "ca", NAMES, -1, 2 },
	{ "expired", "ca", NAMES, -3, -1 },
	{ "early", "ca", NAMES, 1, 2 },
	{ "elsewhere", "ca", "DNS:smsc.elsewhere.example,IP:192.0.2.1", -1, 2 },
	{ "stranger", "other-ca", NAMES, -1, 2 },
	{ "self", NULL, NAMES, -1, 2 },
	{ "chained", "between", NAMES, -1, 2 },
	{ "client", "ca", "DNS:mlango", -1, 2 },
};

static void make(const char *folder, const struct plan *p);
static void extend(X509 *of, X509 *signer, int nid, const char *value);
static void write_certificate(const char *path, X509 *first, X509 *second);
static void write_key(const char *path, EVP_PKEY *key);
static X509 *read_certificate(const char *path);
static EVP_PKEY *read_key(const char *path);
static FILE *open_file(const char *path, const char *how);

void
certificates_make(const char *folder)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(plans); i++)
		make(folder, &plans[i]);
}

const char *
certificate_file(const char *folder, const char *name, const char *suffix)
{
	static char paths[8][256];
	static size_t next;
	char *path = paths[next++ % ARRAY_SIZE(paths)];

	snprintf(path, sizeof(paths[0]), "%s/%s.%s", folder, name, suffix);
	return path;
}

static void
make(const char *folder, const struct plan *p)
{
	static long serial;
	EVP_PKEY *key = EVP_EC_gen("P-256"), *signs = key;
	X509 *it = X509_new(), *signer = it;

	CHECK(key != NULL && it != NULL);
	if (p->signer != NULL) {
		signs = read_key(certificate_file(folder, p->signer, "key"));
		signer = read_certificate(
		    certificate_file(folder, p->signer, "pem"));
	}
	X509_set_version(it, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(it), ++serial);
	X509_gmtime_adj(X509_getm_notBefore(it), p->from * DAY);
	X509_gmtime_adj(X509_getm_notAfter(it), p->until * DAY);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(it), "CN",
	    MBSTRING_ASC, (const unsigned char *)p->name, -1, -1, 0);
	X509_set_issuer_name(it, X509_get_subject_name(signer));
	X509_set_pubkey(it, key);
	extend(it, signer, NID_subject_key_identifier, "hash");
	if (p->names != NULL)
		extend(it, signer, NID_subject_alt_name, p->names);
	else
		extend(it, signer, NID_basic_constraints, "critical,CA:TRUE");
	CHECK(X509_sign(it, signs, EVP_sha256()) > 0);
	write_certificate(certificate_file(folder, p->name, "pem"), it,
	    p->signer != NULL ? signer : NULL);
	write_key(certificate_file(folder, p->name, "key"), key);
	if (p->signer != NULL) {
		X509_free(signer);
		EVP_PKEY_free(signs);
	}
	X509_free(it);
	EVP_PKEY_free(key);
}

static void
extend(X509 *of, X509 *signer, int nid, const char *value)
{
	X509_EXTENSION *extension;
	X509V3_CTX context;

	X509V3_set_ctx(&context, signer, of, NULL, NULL, 0);
	extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
	CHECK(extension != NULL);
	CHECK(X509_add_ext(of, extension, -1) == 1);
	X509_EXTENSION_free(extension);
}

/* A server shows its chain with it. */
static void
write_certificate(const char *path, X509 *first, X509 *second)
{
	FILE *out = open_file(path, "w");

	CHECK(PEM_write_X509(out, first) == 1);
	CHECK(second == NULL || PEM_write_X509(out, second) == 1);
	CHECK(fclose(out) == 0);
}

static void
write_key(const char *path, EVP_PKEY *key)
{
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
	FILE *out = fdopen(fd, "w");

	CHECK(out != NULL);
	CHECK(PEM_write_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL) == 1);
	CHECK(fclose(out) == 0);
}

static X509 *
read_certificate(const char *path)
{
	FILE *in = open_file(path, "r");
	X509 *it = PEM_read_X509(in, NULL, NULL, NULL);

	CHECK(it != NULL);
	fclose(in);
	return it;
}

static EVP_PKEY *
read_key(const char *path)
{
	FILE *in = open_file(path, "r");
	EVP_PKEY *key = PEM_read_PrivateKey(in, NULL, NULL, NULL);

	CHECK(key != NULL);
	fclose(in);
	return key;
}

static FILE *
open_file(const char *path, const char *how)
{
	FILE *f = fopen(path, how);

	CHECK(f != NULL);
	return f;
}
