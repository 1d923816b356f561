-- Publishing: everything that an act changes, and its entry in the audit log,
-- or nothing at all.
--
-- A version is "NUMBER HASH MS WHO ACT". What is live says the same of its
-- institution; the list of an institution's versions has the newest first.
-- Sources that no version and no candidate needs go.
--
-- KEYS  version, live, candidates, audit; for each change: versions, sources
-- ARGV  the version that is changed ('' for whichever), versions kept,
--       entries and ms that the audit log keeps; who, node, act, on, outcome,
--       facts; for each change: 'live', 'gone', 'candidate' or 'drop', the
--       name, and the hash or the candidate
-- gives 1; 0 when the version was another, -1 when a source is not there
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local who, act = ARGV[5], ARGV[7]
local changes = {}
for at = 11, #ARGV, 3 do
	local key = 5 + 2 * #changes
	changes[#changes + 1] = { what = ARGV[at], name = ARGV[at + 1],
		value = ARGV[at + 2], versions = KEYS[key], sources = KEYS[key + 1] }
end

if ARGV[1] ~= '' and tonumber(ARGV[1]) ~= tonumber(redis.call('GET', KEYS[1]) or 0) then
	return 0
end
for _, c in ipairs(changes) do
	local hash = string.match(c.value, '^%x+')
	if (c.what == 'live' or c.what == 'candidate') and
	    redis.call('HEXISTS', c.sources, hash) == 0 then
		return -1
	end
end

local function publish(c)
	local newest = redis.call('LINDEX', c.versions, 0)
	local number = newest and tonumber(string.match(newest, '^%d+')) + 1 or 1
	local version = number .. ' ' .. c.value .. ' ' .. ms .. ' ' .. who .. ' ' .. act
	redis.call('LPUSH', c.versions, version)
	redis.call('LTRIM', c.versions, 0, ARGV[2])
	redis.call('HSET', KEYS[2], c.name, version)
end

local function tidy(c)
	local needed = {}
	for _, version in ipairs(redis.call('LRANGE', c.versions, 0, -1)) do
		needed[string.match(version, '^%d+ (%x+)')] = true
	end
	local candidate = redis.call('HGET', KEYS[3], c.name)
	if candidate then
		needed[string.match(candidate, '^%x+')] = true
	end
	for _, hash in ipairs(redis.call('HKEYS', c.sources)) do
		if not needed[hash] then
			redis.call('HDEL', c.sources, hash)
		end
	end
end

for _, c in ipairs(changes) do
	if c.what == 'live' then
		publish(c)
	elseif c.what == 'gone' then
		redis.call('HDEL', KEYS[2], c.name)
	elseif c.what == 'candidate' then
		redis.call('HSET', KEYS[3], c.name, c.value)
	else
		redis.call('HDEL', KEYS[3], c.name)
	end
end
for _, c in ipairs(changes) do
	tidy(c)
end
if #changes > 0 then
	redis.call('INCR', KEYS[1])
end
redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[3], '*', 'who', who, 'node',
	ARGV[6], 'act', act, 'on', ARGV[8], 'outcome', ARGV[9], 'facts', ARGV[10])
redis.call('XTRIM', KEYS[4], 'MINID', '~', ms - ARGV[4])
return 1
