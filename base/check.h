/*
 * CHECK: a mistake of ours ends the process, with file and line.
 */
#ifndef BASE_CHECK_H
#define BASE_CHECK_H

#define MUST_USE                __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, rest) __attribute__((format(printf, text, rest)))
#define ARRAY_SIZE(a)           (sizeof(a) / sizeof((a)[0]))

#define CHECK(truth)                                              \
	do {                                                      \
		if (!(truth))                                     \
			check_failed(__FILE__, __LINE__, #truth); \
	} while (0)

__attribute__((noreturn)) void check_failed(
    const char *file, int line, const char *truth);

#endif
