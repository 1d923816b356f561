/*
 * The verbs that tell of menus; those that change them are the ceremony's.
 */
#ifndef GATEWAY_VERBS_MENUS_H
#define GATEWAY_VERBS_MENUS_H

#include "gateway/verbs.h"

enum verb_next verbs_reload(struct gateway *g, struct order *o);
enum verb_next verbs_show_menus(struct gateway *g, struct order *o);
enum verb_next verbs_history(struct gateway *g, struct order *o);
enum verb_next verbs_audit(struct gateway *g, struct order *o);

#endif
