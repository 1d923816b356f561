/*
 * What a link's settings say of TLS, as TLS wants to hear it.
 */
#ifndef GATEWAY_LINK_TLS_H
#define GATEWAY_LINK_TLS_H

#include "gateway/tls.h"

struct findings;
struct link_settings;
struct settings;

/* One that believes only HOST, or whom `tls_name` names. Reads the files, so
 * that what was renewed holds from the next connection on. NULL and WHY. */
struct tls_session *link_tls_session(
    const struct link_settings *s, const char *host, char why[TLS_WHY]);

/* An error for each link whose files are no good. */
void link_tls_prove(const struct settings *s, struct findings *f);

#endif
