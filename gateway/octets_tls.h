/*
 * Octets that travel sealed; see octets.h. TLS is spoken over a socket that is
 * connected already, and nothing is sent or heard before both sides agree.
 */
#ifndef GATEWAY_OCTETS_TLS_H
#define GATEWAY_OCTETS_TLS_H

struct event_base;
struct octets;
struct securing;
struct tls_session;

/* The octets, which are the caller's then; or NULL and WHY. */
typedef void securing_done(void *arg, struct octets *octets, const char *why);

/*
 * The handshake. Takes over FD, which does not block, and the session. The
 * answer comes exactly once and never before the question has returned; a
 * cancelled question is never answered. It takes as long as the peer likes:
 * the caller has a clock.
 */
struct securing *securing_new(struct event_base *base, int fd,
    struct tls_session *session, securing_done *done, void *arg);
void securing_cancel(struct securing *s);

#endif
