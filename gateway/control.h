/*
 * The control socket: a Unix socket on which a running daemon takes orders.
 *
 * The file's permissions say who may connect; who did, the kernel says. A line
 * is one order (gateway/order.h), and its answer is a head, "ok 120", with a
 * word of gateway/report.h and the octets of what follows.
 */
#ifndef GATEWAY_CONTROL_H
#define GATEWAY_CONTROL_H

struct control;
struct gateway;

/*
 * Listens at the settings' `control`. A socket that nobody listens at is
 * replaced. NULL, errno and why, in one sentence that is freed with the
 * settings, when it cannot be had; EADDRINUSE when another one answers there.
 */
struct control *control_new(struct gateway *g, const char **why);

/* Who waits for an answer hears none any more. NULL is allowed. */
void control_free(struct control *c);

#endif
