/*
 * An arena: memory for one piece of work, given back all at once.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/check.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *a);

/* Never NULL, always zeroed, freed with the arena and not before. */
void *arena_alloc(struct arena *a, size_t size);

/* COUNT zeroed members of SIZE octets; an overflow ends the process. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* A copy of LEN octets, followed by a NUL that LEN does not count. */
void *arena_copy(struct arena *a, const void *from, size_t len);
char *arena_string(struct arena *a, const char *from);
char *arena_printf(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *a, const char *format, va_list args);

#endif
