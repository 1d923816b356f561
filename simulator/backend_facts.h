/*
 * What the institutions of the sample menus know, as rows of tables: of
 * accounts, areas, candidates and roads in backend_facts.c, of people,
 * certificates and complaints in backend_people.c, of cars in
 * backend_parking.c.
 */
#ifndef SIMULATOR_BACKEND_FACTS_H
#define SIMULATOR_BACKEND_FACTS_H

#include <stddef.h>

struct evbuffer;

struct question {
	const char *rest; /* what follows the door's own path */
	const char *query; /* "" when there is none */
	const char *body; /* likewise */
	size_t deed; /* the number of whatever this request changes */
};

/* The HTTP status, and in OUT what is said. */
typedef int backend_answer(const struct question *q, struct evbuffer *out);

struct backend_door {
	const char *method;
	const char *path;
	backend_answer *answer;
};

/* Each ended by one without a method. */
extern const struct backend_door backend_people_doors[];
extern const struct backend_door backend_parking_doors[];

/* Asks the first door that PATH begins with; REST is set here. */
int backend_facts(const char *method, const char *path,
    const struct question *q, struct evbuffer *out);

#endif
