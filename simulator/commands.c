/*
 * Every subcommand of `mlango`, in the order that `mlango --help` shows.
 */
#include <stddef.h>

#include "gateway/check_command.h"
#include "gateway/command.h"
#include "gateway/ctl_command.h"
#include "gateway/diff_command.h"
#include "gateway/graph_command.h"
#include "gateway/run_command.h"
#include "gateway/size_command.h"
#include "simulator/bench_command.h"
#include "simulator/demo_command.h"
#include "simulator/dialect_command.h"
#include "simulator/phone_command.h"
#include "simulator/play_command.h"
#include "simulator/smsc_command.h"
#include "simulator/talk_command.h"

const struct command commands[] = {
	{ "run", "-c FILE [--dump-config] | --explain KEY", "the daemon", run_command },
	{ "check", "[--json] [--coverage] [--lock] [-m MENUS] FILE...",
	    "proves settings and menus before anything starts", check_command },
	{ "diff", "[--json] [-m MENUS] OLD NEW",
	    "what changed in menus, what citizens notice first", diff_command },
	{ "graph", "[-l LANG] [--doors] [-m MENUS] FILE...",
	    "menus as a picture for Graphviz", graph_command },
	{ "ctl", "[-c FILE | -s SOCKET] [--json] ORDER...",
	    "orders to a running daemon; 'mlango ctl help' lists them",
	    ctl_command },
	{ "size", "[--top N] [--json] [-m MENUS] FILE...",
	    "how full every screen may get, the fullest first", size_command },
	{ "talk", "[--coverage] [-m MENUS] FILE...", "plays scripted dialogues",
	    talk_command },
	{ "play",
	    "[-l LANG] [-m MENUS] [--given API=ANSWER] [--talk NAME] FILE",
	    "plays menus in the terminal, as an author types",
	    play_command },
	{ "demo", "[--dialect NAME] [--menus FILE | --script [FILE]]",
	    "the whole thing on one machine", demo_command },
	{ "phone", "--phones SOCKET [--number NUMBER]",
	    "a phone in the terminal, through real SMPP", phone_command },
	{ "smsc", "[--port PORT] [--dialect NAME] [--dialects FILE] "
	    "[--phones SOCKET] [--tls-cert FILE --tls-key FILE [--tls-ca FILE]] "
	    "[-v]",
	    "the operator in a box alone", smsc_command },
	{ "dialect", "[--json] [--full] [--port PORT] [--dialects FILE] TRACE",
	    "explains a trace and says whose dialect it is", dialect_command },
	{ "bench", "[-n SESSIONS] [-r RATE] [-t SECONDS] [-w WINDOW]",
	    "what this machine does, through real SMPP", bench_command },
	{ NULL, NULL, NULL, NULL },
};
