/*
 * What a file is, by what stands in it: its name may be anything.
 */
#ifndef CONFIG_KIND_H
#define CONFIG_KIND_H

enum kind {
	KIND_ABSENT,
	KIND_GATEWAY,	  /* has links or redis */
	KIND_DIALECTS,
	KIND_MENUS,	  /* has languages, short codes or a root */
	KIND_INSTITUTION, /* anything else */
};

/* A file that does not parse is judged by its words. */
enum kind kind_of(const char *path);

#endif
