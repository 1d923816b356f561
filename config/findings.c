/*
 * Findings: a list that grows, is sorted once and printed as a compiler would.
 */
#include <stdbool.h>
#include <string.h>

#include "config/findings.h"

static void make_room(struct findings *f);
static void sort(struct finding *list, struct finding *spare, size_t count);
static int compare(const struct finding *a, const struct finding *b);

void
findings_init(struct findings *f, struct arena *arena)
{
	*f = (struct findings){ .arena = arena };
}

void
findings_add(struct findings *f, enum finding_grade grade, int check,
    const char *file, int line, const char *state, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	findings_addv(f, grade, check, file, line, state, format, args);
	va_end(args);
}

void
findings_addv(struct findings *f, enum finding_grade grade, int check,
    const char *file, int line, const char *state, const char *format,
    va_list args)
{
	if (f->count == f->room)
		make_room(f);
	f->list[f->count++] = (struct finding){
		.grade = grade,
		.file = arena_string(f->arena, file),
		.line = line,
		.check = check,
		.state = state != NULL ? arena_string(f->arena, state) : NULL,
		.says = arena_vprintf(f->arena, format, args),
	};
	if (grade == FINDING_ERROR)
		f->errors++;
}

void
findings_copy(struct findings *f, const struct finding *from)
{
	findings_add(f, from->grade, from->check, from->file, from->line,
	    from->state, "%s", from->says);
}

/* By merging, which keeps equals in their order; the talks of hundreds of
 * institutions are found after all else. */
void
findings_sort(struct findings *f)
{
	struct arena *a = arena_new();

	sort(f->list, arena_array(a, f->count, sizeof(*f->list)), f->count);
	arena_free(a);
}

static void
sort(struct finding *list, struct finding *spare, size_t count)
{
	size_t half = count / 2, i, left = 0, right = half;

	if (count < 2)
		return;
	sort(list, spare, half);
	sort(list + half, spare, count - half);
	if (compare(&list[half - 1], &list[half]) <= 0)
		return;
	memcpy(spare, list, half * sizeof(*list));
	for (i = 0; left < half; i++)
		list[i] =
		    right < count && compare(&spare[left], &list[right]) > 0
		    ? list[right++]
		    : spare[left++];
}

void
findings_print(struct findings *f, FILE *out)
{
	size_t i;

	findings_sort(f);
	for (i = 0; i < f->count; i++)
		fprintf(out, "%s\n", finding_text(f->arena, &f->list[i]));
}

char *
finding_text(struct arena *a, const struct finding *one)
{
	const char *line =
	    one->line > 0 ? arena_printf(a, ":%d", one->line) : "";
	bool of_state = one->state != NULL;

	return arena_printf(a, "%s%s: %s: %s%s%s", one->file, line,
	    finding_grade_name(one->grade), of_state ? one->state : "",
	    of_state ? ": " : "", one->says);
}

const char *
finding_grade_name(enum finding_grade grade)
{
	return grade == FINDING_ERROR ? "error" : "warning";
}

static void
make_room(struct findings *f)
{
	size_t room = f->room > 0 ? 2 * f->room : 16;
	struct finding *list = arena_array(f->arena, room, sizeof(*list));

	if (f->count > 0)
		memcpy(list, f->list, f->count * sizeof(*list));
	f->list = list;
	f->room = room;
}

static int
compare(const struct finding *a, const struct finding *b)
{
	int by_file = strcmp(a->file, b->file);

	return by_file != 0 ? by_file
			    : (a->line > b->line) - (a->line < b->line);
}
