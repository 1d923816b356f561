/*
 * What an operator of the gateway writes: gateway.cfg as a value.
 */
#ifndef CONFIG_SETTINGS_H
#define CONFIG_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/log.h"
#include "config/findings.h"

struct dialect;
struct dialects;

enum durability {
	DURABILITY_PROCESS,
	DURABILITY_DISK,
};

struct redis_settings {
	const char *socket;   /* a Unix socket's path, or NULL */
	const char *host;     /* a numeric address */
	int port;
	int database;
	const char *username;
	const char *password_file; /* NULL: no password */
	const char *password; /* read from password_file */
	const char *prefix;   /* "mlango:" */
	int partitions;
	int connect_ms;
	int command_ms;
	int in_flight;
	enum durability durability;
};

/* How a slot is bound: by one bind, or by one for each direction. */
enum link_binding {
	LINK_TRANSCEIVER,
	LINK_PAIR,
};

enum link_tls {
	LINK_TLS_OFF,
	LINK_TLS_ON,
};

struct link_settings {
	const char *name;     /* the operator account: part of session keys */
	const char *const *hosts; /* numeric or names, tried in order */
	int port;
	const char *system_id;
	const char *password_file;
	const char *password; /* read from password_file */
	const char *system_type;
	const char *address_range;
	int addr_ton, addr_npi;
	int interface_version;
	enum link_binding bind;
	int binds;	      /* slots of the account */
	const char *dialect_name;
	const struct dialect *dialect;
	const char *sms_number; /* 15200: what an MO SMS is sent to, or NULL */
	int window;
	int tps;	      /* PDUs a second, 0: no limit */
	int enquire_s;	      /* silence before an enquire_link */
	int response_ms;      /* awaited answer to anything of ours */
	int connect_ms;
	int retry_least_ms, retry_most_ms;
	int drain_ms;
	bool receipts;	      /* ask for delivery receipts */
	bool allow_plain;     /* plain SMPP to a public address */
	enum link_tls tls;
	const char *tls_ca_file; /* NULL: whom the system believes */
	const char *tls_name; /* NULL: the host as it is written */
	const char *tls_certificate_file, *tls_key_file; /* both or none */
	int line;
};

enum publishing_mode {
	PUBLISHING_FILES,    /* what the files say is live */
	PUBLISHING_APPROVED, /* what was submitted and approved is */
};

enum approval {
	APPROVAL_SECOND, /* by another user than who submitted */
	APPROVAL_SELF,
};

struct settings {
	struct arena *arena;
	const char *file;
	const char *menus;    /* path of the menus file */
	const char *dialects; /* path of the dialects file */
	struct dialects *known_dialects; /* as read from it */
	const char *node;     /* this process among its fellows */
	const char *control;  /* path of the control socket, always there */
	bool control_named;   /* by the file, not by us */
	const char *control_group; /* or NULL */
	enum publishing_mode publishing;
	enum approval approval;
	const char *const *submitters; /* users, ended by NULL; NULL: all */
	const char *const *approvers;  /* likewise */
	int audit_entries, audit_days; /* what the audit log keeps */
	struct redis_settings redis;
	const struct link_settings *links;
	size_t link_count;
	enum log_level log_level;
	enum log_form log_form;
	const char *log_file; /* or NULL: standard error */
	int admit_per_s;      /* new sessions a second, over all; 0: no limit */
	int admit_institution_per_s;
	int stop_ms;	      /* a drain at the end lasts no longer */
};

/*
 * Relative paths are relative to the file. NULL when any finding is an error.
 * Also reads the dialects file. Free with settings_free.
 */
struct settings *settings_read(const char *path, struct findings *f);

/* As much as could be read, never NULL: for whoever only looks for faults. */
struct settings *settings_draft(const char *path, struct findings *f);
void settings_free(struct settings *s);

/* What every link's dialect can show: the least of their screens; 0 where no
 * dialect is known. */
void settings_screen(const struct settings *s, int *septets, int *ucs2);

/* Written from the same table: the commented sample file, the keys of
 * mlango.cfg(5) as mdoc, and one key's help ("links.window"); -1 when there is
 * no such key. */
void settings_sample(FILE *out);
void settings_manual(FILE *out);
MUST_USE int settings_explain(const char *key, FILE *out);
/* Effective values, secrets as ***. */
void settings_dump(const struct settings *s, FILE *out);

#endif
