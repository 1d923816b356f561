/*
 * The verbs about menus.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gateway/catalogues.h"
#include "gateway/gateway.h"
#include "gateway/report.h"
#include "gateway/verbs_menus.h"

enum verb_next
verbs_reload(struct gateway *g, struct order *o)
{
	(void)g;
	kill(getpid(), SIGHUP);
	report_says(o->report, "what comes of it stands in the log");
	return VERB_DONE;
}

enum verb_next
verbs_show_menus(struct gateway *g, struct order *o)
{
	static const char *const columns[] = { "name", "hash", NULL };
	const struct catalogue *c = catalogues_current(g->catalogues);
	const char *name = order_argument(o, 0);
	char hex[DIGEST_HEX];
	size_t i;

	report_table(o->report, "live", columns);
	for (i = 0; i < c->graph_count; i++) {
		const char *cells[] = { c->graphs[i]->name, hex };

		digest_hex(&c->graphs[i]->hash, hex);
		if (name == NULL || strcmp(name, cells[0]) == 0)
			report_row(o->report, cells);
	}
	return VERB_DONE;
}
