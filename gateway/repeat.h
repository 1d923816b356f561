/*
 * Is this request a repeat of the one that was answered last? Pure.
 *
 * An operator sends a request again when it saw no acknowledgement: because
 * one was lost, a bind fell, or a gateway died. A repeat gets the same screen
 * and has no second effect; new input that happens to look the same must not
 * be taken for one ("1" after "1" is legal).
 */
#ifndef GATEWAY_REPEAT_H
#define GATEWAY_REPEAT_H

#include "storage/record.h"

/* Equal octets over another bind within this time are a retransmission. */
#define REPEAT_BIND_MS	10000
/* A begin of the same string, where the dialect names no session. */
#define REPEAT_BEGIN_MS 5000
/* A begin of the same session, where it does. A session's number comes round
 * again some day, so this too has an end. */
#define REPEAT_SESSION_MS 30000

/* REQUEST is new, with AT_MS the time now; IDENTITY is its dialect's. */
bool repeat_of_last(const struct record *stored,
    const struct request_id *request, const uint8_t *identity,
    size_t identity_len);

/* Is REQUEST, a begin, the one that began the session, come late: after the
 * citizen has answered its screen? Of a session that lives. */
bool repeat_of_begin(const struct record *stored,
    const struct request_id *request, const uint8_t *identity,
    size_t identity_len);

/* Do they speak of one session of the operator's? */
bool repeat_same_session(const struct record *stored, const uint8_t *identity,
    size_t identity_len);

#endif
