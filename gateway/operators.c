/*
 * The operators by the names of their accounts.
 */
#include <stddef.h>
#include <string.h>

#include "config/settings.h"
#include "gateway/gateway.h"
#include "gateway/operators.h"
#include "gateway/outbox.h"

static size_t find(const struct gateway *g, const char *operator_name);

struct link *
operators_link(const struct gateway *g, const char *operator_name)
{
	size_t i = find(g, operator_name);

	return i < g->link_count ? g->links[i] : NULL;
}

const char *
operators_number(const struct link *l)
{
	const struct link_settings *s = link_settings(l);

	return s->sms_number != NULL ? s->sms_number : s->system_id;
}

void
operators_wake(struct gateway *g, const char *operator_name, const char *msisdn)
{
	size_t i = find(g, operator_name);

	if (i < g->link_count)
		outbox_wake(g->outboxes[i], msisdn);
}

void
operators_look(struct gateway *g, const struct link *l)
{
	size_t i;

	for (i = 0; i < g->link_count; i++)
		if (l == NULL || g->links[i] == l)
			outbox_look(g->outboxes[i]);
}

static size_t
find(const struct gateway *g, const char *operator_name)
{
	size_t i;

	for (i = 0; i < g->link_count; i++)
		if (strcmp(link_settings(g->links[i])->name, operator_name) ==
		    0)
			break;
	return i;
}
