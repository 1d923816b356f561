/*
 * The operators by the names of their accounts: the link to each, and the
 * messages that wait for it.
 */
#ifndef GATEWAY_OPERATORS_H
#define GATEWAY_OPERATORS_H

struct gateway;
struct link;

/* The link to an operator account, bound or not; NULL: no such account. */
struct link *operators_link(
    const struct gateway *g, const char *operator_name);

/* Whom a message comes from that answers no SMS. */
const char *operators_number(const struct link *l);

/* Messages were queued for this operator: send them without waiting for the
 * next look. */
void operators_wake(
    struct gateway *g, const char *operator_name, const char *msisdn);

/* Redis is up, or L is bound (NULL: any): what waits can go out now. */
void operators_look(struct gateway *g, const struct link *l);

#endif
