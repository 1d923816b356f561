/*
 * Every setting of gateway.cfg: one row each.
 */
#include "config/settings.h"
#include "config/settings_keys.h"

/* In the order of their enums. */
static const char *const levels[] = { "debug", "notice", "warning", "error",
	NULL };
static const char *const forms[] = { "text", "json", NULL };
static const char *const publishings[] = { "files", "approved", NULL };
static const char *const approvals[] = { "second", "self", NULL };
static const char *const bindings[] = { "transceiver", "pair", NULL };
static const char *const tls_uses[] = { "off", "on", NULL };
static const char *const durabilities[] = { "process", "disk", NULL };

#define TEXT(name, least, most, fallback, help)                           \
	{ #name, SCHEMA_TEXT, AT(name), least, most, fallback, help, NULL, \
		false }
#define OPTIONAL(name, least, most, help)                                 \
	{ #name, SCHEMA_TEXT, AT(name), least, most, NULL, help, NULL, true }
#define NUMBER(name, least, most, fallback, help)                         \
	{ #name, SCHEMA_NUMBER, AT(name), least, most, fallback, help, NULL, \
		false }
#define FLAG(name, fallback, help)                                        \
	{ #name, SCHEMA_FLAG, AT(name), 0, 0, fallback, help, NULL, false }
#define CHOICE(name, words, fallback, help)                               \
	{ #name, SCHEMA_CHOICE, AT(name), 0, 0, fallback, help, words, false }

#define USERS(name, help)                                                 \
	{ #name, SCHEMA_NAMES, AT(name), 0, 100, NULL, help, NULL, true }

#define AT(field) offsetof(struct settings, field)

const struct schema_key settings_keys[] = {
	TEXT(menus, 1, 1000, "menus.cfg",
	    "The menus file: languages, short codes, the root menu and the "
	    "folder of institutions."),
	TEXT(dialects, 1, 1000, "dialects.cfg",
	    "The dialects file: how each operator speaks USSD over SMPP."),
	OPTIONAL(node, 1, 64,
	    "The name of this process among its fellows; the machine's own "
	    "name when it is not there. Two gateways must not share one."),
	CHOICE(log_level, levels, "notice", "What is worth a line in the log."),
	CHOICE(log_form, forms, "text",
	    "Lines for people, or JSON for machines."),
	OPTIONAL(log_file, 1, 1000,
	    "Where the log goes; standard error when it is not there. USR1 "
	    "opens it again."),
	NUMBER(admit_per_s, 0, 1000000, "0",
	    "New sessions a second, over all institutions; those past it hear "
	    "a polite sentence. 0: no limit."),
	NUMBER(admit_institution_per_s, 0, 1000000, "0",
	    "New sessions a second for each institution. 0: no limit."),
	NUMBER(stop_ms, 0, 600000, "10000",
	    "How long the end waits for what is in flight, in milliseconds."),
	OPTIONAL(control, 1, 1000,
	    "The path of the control socket, on which 'mlango ctl' gives "
	    "orders; without it this file's own path, ending in .sock."),
	OPTIONAL(control_group, 1, 64,
	    "The group that may give orders; the daemon's own when it is not "
	    "there."),
	CHOICE(publishing, publishings, "files",
	    "What makes menus live: files means that what the files say is "
	    "published at the start and on SIGHUP; approved, that only what was "
	    "submitted and approved is, and that the files fill an empty Redis "
	    "once."),
	CHOICE(approval, approvals, "second",
	    "Who approves what was submitted: another user than who submitted "
	    "it (second), or that one too (self)."),
	USERS(submitters,
	    "The users who may submit menus and try them; everybody who may "
	    "connect when it is not there."),
	USERS(approvers,
	    "The users who may approve, reject and roll back; everybody who "
	    "may connect when it is not there."),
	NUMBER(audit_entries, 100, 10000000, "100000",
	    "How many entries the audit log in Redis keeps."),
	NUMBER(audit_days, 1, 36500, "3650",
	    "How many days it keeps them."),
	{ "redis", SCHEMA_GROUP, 0, 0, 0, NULL,
	    "Where everything is kept that must outlive a process.", NULL,
	    true },
	{ "links", SCHEMA_LIST, 0, 0, 0, NULL,
	    "The binds to the operators, one group { ... } for each.", NULL,
	    false },
	{ .name = NULL },
};

#undef AT
#define AT(field) offsetof(struct redis_settings, field)

const struct schema_key settings_redis_keys[] = {
	OPTIONAL(socket, 1, 107,
	    "The path of Redis's Unix socket, instead of host and port."),
	OPTIONAL(host, 1, 64,
	    "The numeric address of Redis; 127.0.0.1 when neither this nor "
	    "socket is there."),
	NUMBER(port, 1, 65535, "6379", "The port it listens on."),
	NUMBER(database, 0, 1023, "0", "The number of the database."),
	OPTIONAL(username, 1, 128, "The user of an access control list."),
	OPTIONAL(password_file, 1, 1000,
	    "The file that holds the password. $CREDENTIALS_DIRECTORY/ at its "
	    "front is where systemd put it."),
	TEXT(prefix, 1, 32, "mlango:",
	    "What every key begins with: letters, digits and : _ - only."),
	NUMBER(partitions, 1, 256, "16",
	    "Into how many parts the numbers fall: a power of two, fixed for "
	    "the life of the data."),
	NUMBER(connect_ms, 100, 60000, "2000",
	    "How long a connection may take, in milliseconds."),
	NUMBER(command_ms, 50, 60000, "2000",
	    "How long an answer may take, in milliseconds."),
	NUMBER(in_flight, 16, 65536, "4096",
	    "How many commands may await their answers at once."),
	CHOICE(durability, durabilities, "process",
	    "What acknowledged means: process survives the death of any "
	    "process, disk a power cut too (appendfsync always)."),
	{ .name = NULL },
};

#undef AT
#define AT(field) offsetof(struct link_settings, field)

const struct schema_key settings_link_keys[] = {
	TEXT(name, 1, 32, NULL,
	    "The operator's account: letters, digits, _ and -. Sessions and "
	    "queues are kept under it."),
	{ "hosts", SCHEMA_NAMES, AT(hosts), 1, 8, NULL,
	    "Where the operator listens; tried in this order.", NULL, false },
	NUMBER(port, 1, 65535, "2775", "The port it listens on."),
	TEXT(system_id, 1, 15, NULL, "The account's name."),
	TEXT(password_file, 1, 1000, NULL,
	    "The file that holds the account's password. "
	    "$CREDENTIALS_DIRECTORY/ at its front is where systemd put it."),
	TEXT(system_type, 0, 12, "",
	    "A word that some operators want at the bind."),
	TEXT(address_range, 0, 40, "",
	    "Whose messages we want, where the operator asks for it."),
	NUMBER(addr_ton, 0, 255, "0", "Type of number of address_range."),
	NUMBER(addr_npi, 0, 255, "0", "Numbering plan of address_range."),
	NUMBER(interface_version, 0, 255, "0x34",
	    "The version of SMPP that we say we speak."),
	CHOICE(bind, bindings, "transceiver",
	    "How we bind: as a transceiver, or as a pair of a transmitter "
	    "and a receiver."),
	NUMBER(binds, 1, 16, "1",
	    "How many of them the operator lets the account have. What is "
	    "sent goes out on whichever has room."),
	{ "dialect", SCHEMA_TEXT, AT(dialect_name), 1, 64, NULL,
	    "The dialect of this operator, by its name in the dialects file.",
	    NULL, false },
	OPTIONAL(sms_number, 1, 20,
	    "The number citizens send SMS to, such as 15200."),
	NUMBER(window, 1, 1000, "10",
	    "How many of our requests may await their answers at once."),
	NUMBER(tps, 0, 100000, "0",
	    "PDUs a second by contract. 0: no limit."),
	NUMBER(enquire_s, 1, 3600, "5",
	    "Seconds of silence before we ask whether anybody is there."),
	NUMBER(response_ms, 100, 600000, "5000",
	    "How long we wait for any answer, in milliseconds."),
	NUMBER(connect_ms, 100, 600000, "5000",
	    "How long a connection may take, in milliseconds."),
	NUMBER(retry_least_ms, 10, 600000, "1000",
	    "The first pause before another try, in milliseconds; it doubles."),
	NUMBER(retry_most_ms, 10, 3600000, "30000",
	    "The longest pause between two tries, in milliseconds."),
	NUMBER(drain_ms, 0, 600000, "5000",
	    "How long we wait for what is in flight before we unbind, in "
	    "milliseconds."),
	FLAG(receipts, "true", "Ask for a delivery receipt with every SMS."),
	FLAG(allow_plain, "false",
	    "SMPP without TLS to a public address is refused unless this says "
	    "that it is meant."),
	CHOICE(tls, tls_uses, "off",
	    "With on, nothing is sent or heard but in TLS 1.2 or newer, and the "
	    "operator's certificate is verified: its chain, its dates and its "
	    "name."),
	OPTIONAL(tls_ca_file, 1, 1000,
	    "The certificates, in PEM, of those who may sign the operator's; "
	    "the system's own when it is not there. The operator's own "
	    "certificate will do. It is read at each connection, and so are "
	    "the next two."),
	OPTIONAL(tls_name, 1, 253,
	    "The name or address that the operator's certificate must be for, "
	    "where it is not the host's as hosts has it."),
	OPTIONAL(tls_certificate_file, 1, 1000,
	    "Our certificate, in PEM, and those of its chain below it, where "
	    "the operator wants one."),
	OPTIONAL(tls_key_file, 1, 1000,
	    "The key of our certificate, in PEM and without a passphrase; not "
	    "for everybody to read. $CREDENTIALS_DIRECTORY/ at the front of "
	    "this or the two before is where systemd put it."),
	{ .name = NULL },
};
