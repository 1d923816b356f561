/*
 * A command in the octets that Redis reads (RESP 2), in a buffer that is used
 * again and again.
 */
#ifndef STORAGE_REQUEST_H
#define STORAGE_REQUEST_H

#include <stddef.h>
#include <stdint.h>

struct request {
	char *octets;
	size_t len;
	size_t size;
};

/* Forgets what was there and begins a command of COUNT arguments. */
void request_begin(struct request *w, size_t count);
void request_argument(struct request *w, const char *argument, size_t len);
void request_text(struct request *w, const char *argument);
/* LENS may be NULL: texts. */
void request_arguments(struct request *w, size_t count,
    const char *const *arguments, const size_t *lens);
void request_number(struct request *w, size_t argument);

void request_free(struct request *w);

#endif
