/*
 * A turn: one request of a citizen, over USSD or SMS, and its answer.
 */
#ifndef GATEWAY_TURN_H
#define GATEWAY_TURN_H

#include <stddef.h>
#include <stdint.h>

#include "gateway/gateway.h"
#include "gateway/pdu.h"
#include "storage/sessions.h"

struct turns *turns_new(void);
void turns_free(struct turns *t);
size_t turns_running(const struct turns *t);

/* A deliver_sm or data_sm that is no receipt. It is acknowledged and
 * answered, whatever happens. */
void turn_start(
    struct gateway *g, struct link *l, const struct link_request *r);

/* A call that another node stored and did not finish: this one does. */
void turn_start_over(struct gateway *g, const uint8_t *octets, size_t len);

/* The operator refused a screen for good: the session that it belonged to ends,
 * if STAMP is still its record's. */
void turn_start_unseen(struct gateway *g, struct link *l,
    const struct session_key *key, const uint8_t *stamp);

#endif
