/*
 * The messages that wait for one link: taken from its queues in Redis, sent
 * within the link's window, and finished only when the operator has answered.
 *
 * A message handed out and not finished is handed out again, marked: to this
 * node after a restart, to another one after a while. So nothing queued is
 * lost, and a fault makes one extra copy at most.
 */
#ifndef GATEWAY_OUTBOX_H
#define GATEWAY_OUTBOX_H

#include "gateway/gateway.h"

struct outbox *outbox_new(struct gateway *g, struct link *l);
void outbox_free(struct outbox *o);

/* Redis and the link are there, or one of them again. */
void outbox_look(struct outbox *o);

/* Something was queued in this number's partition. */
void outbox_wake(struct outbox *o, const char *msisdn);

#endif
