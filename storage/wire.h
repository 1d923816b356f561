/*
 * A command in the octets that Redis reads (RESP 2), in a buffer that is used
 * again and again.
 */
#ifndef STORAGE_WIRE_H
#define STORAGE_WIRE_H

#include <stddef.h>
#include <stdint.h>

struct wire {
	char *octets;
	size_t len;
	size_t size;
};

/* Forgets what was there and begins a command of COUNT arguments. */
void wire_begin(struct wire *w, size_t count);
void wire_argument(struct wire *w, const char *argument, size_t len);
void wire_text(struct wire *w, const char *argument);
/* LENS may be NULL: texts. */
void wire_arguments(struct wire *w, size_t count, const char *const *arguments,
    const size_t *lens);
void wire_number(struct wire *w, size_t argument);

void wire_free(struct wire *w);

#endif
