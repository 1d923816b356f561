/*
 * An arena is a chain of blocks. The first block holds the arena itself, and
 * is kept aside when an arena ends, because a turn's arena begins and ends
 * tens of thousands of times a second. What does not fit the newest block
 * starts another one; what is large gets a block of its own, behind the
 * newest, whose room stays in use.
 *
 * Under the address sanitizer every piece is a block of its own and no block
 * is kept, so that a step past an end, or after it, is seen.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#ifdef SANITIZED
#define BLOCK_SIZE   sizeof(struct arena)
#define LARGE        0
#define KEEPS_BLOCKS false
#else
#define BLOCK_SIZE   8192
#define LARGE        (BLOCK_SIZE / 2)
#define KEEPS_BLOCKS true
#endif
#define KEPT_MAX 64

struct block {
	struct block *older;
	size_t size;
	size_t used;
	max_align_t room[];
};

struct arena {
	struct block *newest;
};

static struct block *kept[KEPT_MAX];
static size_t kept_count;

static struct block *arena_grow(struct arena *a, size_t size);
static struct block *block_new(size_t room);
static void block_free(struct block *b);
static void *block_take(struct block *b, size_t size);
static size_t aligned(size_t size);

struct arena *
arena_new(void)
{
	struct block *b = block_new(BLOCK_SIZE);
	struct arena *a = block_take(b, sizeof(*a));

	a->newest = b;
	return a;
}

void
arena_free(struct arena *a)
{
	struct block *b, *older;

	if (a == NULL)
		return;
	for (b = a->newest; b != NULL; b = older) {
		older = b->older;
		block_free(b);
	}
}

void *
arena_alloc(struct arena *a, size_t size)
{
	void *room = block_take(a->newest, size);

	if (room == NULL)
		room = block_take(arena_grow(a, size), size);
	return memset(room, 0, size);
}

static struct block *
arena_grow(struct arena *a, size_t size)
{
	struct block *b = block_new(size > LARGE ? size : BLOCK_SIZE);

	if (size > LARGE) {
		b->older = a->newest->older;
		a->newest->older = b;
	} else {
		b->older = a->newest;
		a->newest = b;
	}
	return b;
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
	CHECK(size == 0 || count <= SIZE_MAX / 2 / size);
	return arena_alloc(a, count * size);
}

void *
arena_copy(struct arena *a, const void *from, size_t len)
{
	char *copy = arena_alloc(a, len + 1);

	if (len > 0)
		memcpy(copy, from, len);
	return copy;
}

char *
arena_string(struct arena *a, const char *from)
{
	return arena_copy(a, from, strlen(from));
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(a, format, args);
	va_end(args);
	return text;
}

char *
arena_vprintf(struct arena *a, const char *format, va_list args)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	CHECK(len >= 0);
	text = arena_alloc(a, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	return text;
}

static struct block *
block_new(size_t room)
{
	struct block *b;

	CHECK(room <= SIZE_MAX / 2);
	if (room == BLOCK_SIZE && kept_count > 0)
		b = kept[--kept_count];
	else
		b = malloc(sizeof(*b) + room);
	CHECK(b != NULL);
	b->older = NULL;
	b->size = room;
	b->used = 0;
	return b;
}

static void
block_free(struct block *b)
{
	if (KEEPS_BLOCKS && b->size == BLOCK_SIZE && kept_count < KEPT_MAX)
		kept[kept_count++] = b;
	else
		free(b);
}

static void *
block_take(struct block *b, size_t size)
{
	size_t start = aligned(b->used);

	if (start > b->size || b->size - start < size)
		return NULL;
	b->used = start + size;
	return (char *)b->room + start;
}

static size_t
aligned(size_t size)
{
	size_t unit = _Alignof(max_align_t);

	return (size + unit - 1) / unit * unit;
}
