/*
 * What all sessions of one side have in common: which versions, whom we
 * believe, who we are.
 */
#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "gateway/tls_inside.h"

static struct tls *tls_new(const SSL_METHOD *method);
static int believe(struct tls *t, const char *file, char why[TLS_WHY]);
static int show(
    struct tls *t, const struct tls_files *files, char why[TLS_WHY]);
static EVP_PKEY *read_key(const char *file, char why[TLS_WHY]);
static EVP_PKEY *read_key_from(int fd, const char *file, char why[TLS_WHY]);
static int no_passphrase(char *buffer, int size, int writing, void *arg);
static int refuse(char why[TLS_WHY], const char *file, const char *what);

struct tls *
tls_client(const struct tls_files *files, char why[TLS_WHY])
{
	struct tls *t = tls_new(TLS_client_method());

	SSL_CTX_set_verify(t->context, SSL_VERIFY_PEER, NULL);
	if (believe(t, files->ca, why) == 0 && show(t, files, why) == 0)
		return t;
	tls_free(t);
	return NULL;
}

struct tls *
tls_server(const struct tls_files *files, char why[TLS_WHY])
{
	struct tls *t = tls_new(TLS_server_method());

	SSL_CTX_set_num_tickets(t->context, 0);
	if (files->ca != NULL)
		SSL_CTX_set_verify(t->context,
		    SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
	if ((files->ca == NULL || believe(t, files->ca, why) == 0) &&
	    show(t, files, why) == 0)
		return t;
	tls_free(t);
	return NULL;
}

void
tls_free(struct tls *t)
{
	if (t == NULL)
		return;
	SSL_CTX_free(t->context);
	free(t);
}

static struct tls *
tls_new(const SSL_METHOD *method)
{
	struct tls *t = calloc(1, sizeof(*t));

	CHECK(t != NULL);
	t->context = SSL_CTX_new(method);
	CHECK(t->context != NULL);
	CHECK(SSL_CTX_set_min_proto_version(t->context, TLS1_2_VERSION) == 1);
	SSL_CTX_set_options(t->context,
	    SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET);
	SSL_CTX_set_session_cache_mode(t->context, SSL_SESS_CACHE_OFF);
	/* A link may be quiet for hours: it need not hold 32 KB meanwhile. */
	SSL_CTX_set_mode(t->context, SSL_MODE_RELEASE_BUFFERS);
	return t;
}

static int
believe(struct tls *t, const char *file, char why[TLS_WHY])
{
	X509_VERIFY_PARAM *how = SSL_CTX_get0_param(t->context);

	/* An operator's own certificate, or the one that it was signed with,
	 * will do where that is all one has. */
	X509_VERIFY_PARAM_set_flags(how, X509_V_FLAG_PARTIAL_CHAIN);
	ERR_clear_error();
	if (file == NULL) {
		CHECK(SSL_CTX_set_default_verify_paths(t->context) == 1);
		return 0;
	}
	if (access(file, R_OK) == -1)
		return refuse(why, file, strerror(errno));
	if (SSL_CTX_load_verify_file(t->context, file) != 1)
		return refuse(why, file, "it holds no certificate in PEM");
	if (SSL_CTX_get_verify_mode(t->context) &
	    SSL_VERIFY_FAIL_IF_NO_PEER_CERT)
		SSL_CTX_set_client_CA_list(
		    t->context, SSL_load_client_CA_file(file));
	return 0;
}

static int
show(struct tls *t, const struct tls_files *files, char why[TLS_WHY])
{
	EVP_PKEY *key;
	int fits;

	ERR_clear_error();
	if (files->certificate == NULL)
		return 0;
	if (access(files->certificate, R_OK) == -1)
		return refuse(why, files->certificate, strerror(errno));
	if (SSL_CTX_use_certificate_chain_file(
		t->context, files->certificate) != 1)
		return refuse(why, files->certificate,
		    "it holds no certificate in PEM, or one too weak");
	if (files->key == NULL)
		return refuse(why, files->certificate, "it has no key");
	key = read_key(files->key, why);
	if (key == NULL)
		return -1;
	fits = SSL_CTX_use_PrivateKey(t->context, key);
	EVP_PKEY_free(key);
	return fits == 1
	    ? 0
	    : refuse(why, files->key, "it is not the certificate's key");
}

/* The file is looked at through the descriptor that is then read, so that what
 * was found safe is what is used. */
static EVP_PKEY *
read_key(const char *file, char why[TLS_WHY])
{
	EVP_PKEY *key = NULL;
	struct stat about;
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd == -1 || fstat(fd, &about) == -1)
		refuse(why, file, strerror(errno));
	else if ((about.st_mode & 007) != 0)
		refuse(why, file,
		    "everybody on this machine may open it; chmod o= it");
	else
		key = read_key_from(fd, file, why);
	if (fd != -1)
		close(fd);
	return key;
}

static EVP_PKEY *
read_key_from(int fd, const char *file, char why[TLS_WHY])
{
	BIO *bio = BIO_new_fd(fd, BIO_NOCLOSE);
	EVP_PKEY *key;

	CHECK(bio != NULL);
	key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
	BIO_free(bio);
	if (key == NULL)
		refuse(why, file,
		    "it holds no key in PEM, or one under a passphrase");
	return key;
}

/* Else OpenSSL would ask for it on the terminal. */
static int
no_passphrase(char *buffer, int size, int writing, void *arg)
{
	(void)buffer;
	(void)size;
	(void)writing;
	(void)arg;
	return -1;
}

static int
refuse(char why[TLS_WHY], const char *file, const char *what)
{
	snprintf(why, TLS_WHY, "%s: %s", file, what);
	return -1;
}
