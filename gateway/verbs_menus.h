/*
 * The verbs about menus: what is live, and the ceremony by which it changes.
 */
#ifndef GATEWAY_VERBS_MENUS_H
#define GATEWAY_VERBS_MENUS_H

#include "gateway/verbs.h"

enum verb_next verbs_reload(struct gateway *g, struct order *o);
enum verb_next verbs_show_menus(struct gateway *g, struct order *o);

#endif
