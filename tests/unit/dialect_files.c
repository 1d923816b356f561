#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/dialect_files.h"

int
dialect_files_open(void **state)
{
	struct arena *arena = arena_new();
	struct dialect_files *files = arena_alloc(arena, sizeof(*files));
	struct findings f;

	findings_init(&f, arena);
	files->arena = arena;
	files->shipped =
	    dialects_read(dialect_files_path(arena, "config/dialects.cfg"), &f);
	files->others = dialects_read(
	    dialect_files_path(arena, "tests/unit/dialects.cfg"), &f);
	findings_print(&f, stderr);
	*state = files;
	return files->shipped != NULL && files->others != NULL ? 0 : -1;
}

int
dialect_files_close(void **state)
{
	struct dialect_files *files = *state;

	dialects_free(files->shipped);
	dialects_free(files->others);
	arena_free(files->arena);
	return 0;
}

const struct dialect *
dialect_files_find(const struct dialect_files *files, const char *name)
{
	const struct dialect *d = dialects_find(files->shipped, name);

	if (d == NULL)
		d = dialects_find(files->others, name);
	if (d == NULL)
		fail_msg("there is no dialect \"%s\"", name);
	return d;
}

const char *
dialect_files_path(struct arena *a, const char *path)
{
	const char *root = getenv("MLANGO_SRCDIR");

	return arena_printf(a, "%s/%s", root != NULL ? root : ".", path);
}

struct pdu
dialect_files_wire(struct arena *a, const struct pdu *pdu)
{
	uint8_t *octets = arena_alloc(a, 2048);
	int len = pdu_pack(pdu, octets, 2048);
	enum pdu_status answer;
	struct pdu out;

	assert_true(len >= PDU_HEADER);
	assert_int_equal(
	    pdu_decode(octets, (size_t)len, &out, &answer), PDU_OK);
	return out;
}
