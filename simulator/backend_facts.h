/*
 * What the institutions of the sample menus know: accounts, areas, candidates
 * and roads, each a row of a table.
 */
#ifndef SIMULATOR_BACKEND_FACTS_H
#define SIMULATOR_BACKEND_FACTS_H

#include <stddef.h>

struct evbuffer;

/* The HTTP status of METHOD on PATH with QUERY ("" when there is none), and in
 * OUT the JSON. DEED is the number of whatever this request changes. */
int backend_facts(const char *method, const char *path, const char *query,
    size_t deed, struct evbuffer *out);

#endif
