/*
 * The settings tls_*: what the tables of config/ cannot say of them is said by
 * reading the files as a connection does.
 */
#include <stdio.h>

#include "config/settings.h"
#include "gateway/link_tls.h"

static struct tls *client_of(const struct link_settings *s, char why[TLS_WHY]);

struct tls_session *
link_tls_session(
    const struct link_settings *s, const char *host, char why[TLS_WHY])
{
	struct tls *t = client_of(s, why);
	struct tls_session *session;

	if (t == NULL)
		return NULL;
	session = tls_session_new(t, s->tls_name != NULL ? s->tls_name : host);
	tls_free(t);
	return session;
}

void
link_tls_prove(const struct settings *s, struct findings *f)
{
	const struct link_settings *l;
	char why[TLS_WHY];
	struct tls *t;

	for (l = s->links; l < s->links + s->link_count; l++) {
		/* That half of a pair is missing has been said. */
		if (l->tls == LINK_TLS_OFF ||
		    (l->tls_certificate_file == NULL) !=
			(l->tls_key_file == NULL))
			continue;
		t = client_of(l, why);
		if (t == NULL)
			findings_add(f, FINDING_ERROR, 0, s->file, l->line,
			    NULL, "no TLS for this link: %s", why);
		tls_free(t);
	}
}

static struct tls *
client_of(const struct link_settings *s, char why[TLS_WHY])
{
	const struct tls_files files = { s->tls_ca_file,
		s->tls_certificate_file, s->tls_key_file };

	return tls_client(&files, why);
}
