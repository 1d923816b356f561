/*
 * The menus read again while the daemon runs, at a HUP: what is well is
 * swapped in, what is not stays as it was, and the log tells both.
 */
#ifndef GATEWAY_RELOAD_H
#define GATEWAY_RELOAD_H

struct gateway;
struct reload;

/* G is borrowed; its catalogues must be there. */
struct reload *reload_new(struct gateway *g);
void reload_free(struct reload *r);

/* During a reload: once more after it. */
void reload_ask(struct reload *r);

#endif
