/*
 * The scripts as the program carries them. storage/lua.inc is made from
 * storage/lua/NAME.lua by the build: one `lua_NAME` each.
 */
#include "storage/lua.inc"
#include "storage/scripts.h"

const struct script scripts[SCRIPT_COUNT] = {
	[SCRIPT_TURN] = { "turn", lua_turn },
	[SCRIPT_COMMIT] = { "commit", lua_commit },
	[SCRIPT_AGAIN] = { "again", lua_again },
	[SCRIPT_SENT] = { "sent", lua_sent },
	[SCRIPT_RECEIPT] = { "receipt", lua_receipt },
	[SCRIPT_SWEEP] = { "sweep", lua_sweep },
	[SCRIPT_KEEP] = { "keep", lua_keep },
	[SCRIPT_LEASE] = { "lease", lua_lease },
	[SCRIPT_TELL] = { "tell", lua_tell },
	[SCRIPT_ERASE] = { "erase", lua_erase },
	[SCRIPT_LIFE] = { "life", lua_life },
	[SCRIPT_STANDING] = { "standing", lua_standing },
	[SCRIPT_PUBLISH] = { "publish", lua_publish },
};
