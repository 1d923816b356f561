/*
 * What comes in over the links. A receipt is acknowledged when it is stored,
 * like everything else.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/log.h"
#include "config/settings.h"
#include "gateway/intake.h"
#include "gateway/receipt.h"
#include "gateway/turn.h"
#include "storage/sessions.h"

#define SMSC_ID_MAX 65 /* SMPP 3.4, 5.2.23, and what a response keeps */

struct filing { /* a receipt on its way into the store */
	struct gateway *gateway;
	struct link *link;
	uint64_t generation;
	uint32_t command, sequence;
	struct store_ask *ask;
	LIST_ENTRY(filing) entry;
};

struct intake {
	LIST_HEAD(, filing) filings;
};

static void file_receipt(
    struct gateway *g, struct link *l, const struct link_request *request);
static const char *id_of(const struct receipt *r);
static void filed(void *arg, enum store_result result);

struct intake *
intake_new(void)
{
	struct intake *i = calloc(1, sizeof(*i));

	CHECK(i != NULL);
	return i;
}

void
intake_free(struct intake *i)
{
	struct filing *f;

	while ((f = LIST_FIRST(&i->filings)) != NULL) {
		LIST_REMOVE(f, entry);
		store_cancel(f->ask);
		free(f);
	}
	free(i);
}

void
intake_request(struct gateway *g, struct link *l, const struct link_request *r)
{
	if (receipt_is(r->pdu))
		file_receipt(g, l, r);
	else
		turn_start(g, l, r);
}

static void
file_receipt(
    struct gateway *g, struct link *l, const struct link_request *request)
{
	struct arena *a = arena_new();
	struct receipt r = receipt_read(request->pdu, a);
	struct filing *f = calloc(1, sizeof(*f));

	CHECK(f != NULL);
	f->gateway = g;
	f->link = l;
	f->generation = request->generation;
	f->command = request->pdu->command;
	f->sequence = request->pdu->sequence;
	LIST_INSERT_HEAD(&g->intake->filings, f, entry);
	f->ask = store_receipt(g->store, link_settings(l)->name, id_of(&r),
	    r.state, r.final, filed, f);
	arena_free(a);
}

/* A longer one was never given to us, and would make a key without end. */
static const char *
id_of(const struct receipt *r)
{
	return strlen(r->id) <= SMSC_ID_MAX ? r->id : "";
}

static void
filed(void *arg, enum store_result result)
{
	struct filing *f = arg;
	bool stored = result == STORE_OK || result == STORE_MISSING;

	store_count(f->gateway->store, "receipts",
	    result == STORE_OK            ? "matched"
		: result == STORE_MISSING ? "unmatched"
					  : "refused",
	    1);
	link_respond(f->link, f->generation, f->command | PDU_RESPONSE,
	    f->sequence, stored ? PDU_ROK : PDU_RX_T_APPN);
	LIST_REMOVE(f, entry);
	free(f);
}
