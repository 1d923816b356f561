-- What is over in a partition: sessions that nobody prolonged are deleted,
-- calls whose node is dead are claimed for the asking one.
--
-- A session is kept a grace longer than it lives, so its remaining time tells
-- whether it was prolonged since it entered `due`. One that is gone altogether
-- was not swept for longer than that, and is reported without its record. One
-- that says it may be resumed (see storage/record.h) can be for a while.
--
-- An answer may be lost. So sessions are counted here, over all sweeps, and
-- whoever asks says up to which of them it has told the counters.
--
-- KEYS  due, swept
-- ARGV  heads of the keys of sessions, calls and what is to be resumed,
--       grace ms, count, claim ms, how many sessions were told before
-- gives how many were found over all sweeps, how many of them were told, and
--       lists: 'session', what follows the head, record ('' when gone)
--           or 'call', id, octets, number, how often it was claimed
local FORMAT, LIVE = 3, 1

local sessions, calls, resumes = ARGV[1], ARGV[2], ARGV[3]
local grace, claim = tonumber(ARGV[4]), tonumber(ARGV[6])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function keep_to_resume(name, record)
	local format, life, high, low = string.byte(record, 13, 16)
	if format == FORMAT and life == LIVE and high * 256 + low > 0 then
		redis.call('SET', resumes .. string.match(name, '^[^:]*'),
		    record, 'EX', high * 256 + low)
	end
end

local function session(member, name)
	local left = redis.call('PTTL', sessions .. name) - grace
	if left > 0 then
		redis.call('ZADD', KEYS[1], now + left, member)
		return nil
	end
	local record = redis.call('GET', sessions .. name) or ''
	redis.call('DEL', sessions .. name)
	redis.call('ZREM', KEYS[1], member)
	keep_to_resume(name, record)
	return { 'session', name, record }
end

local function call(member, id)
	local fields = redis.call('HMGET', calls .. id, 'octets', 'number')
	if not fields[1] then
		redis.call('ZREM', KEYS[1], member)
		return nil
	end
	redis.call('ZADD', KEYS[1], now + claim, member)
	local claims = redis.call('HINCRBY', calls .. id, 'claims', 1)
	return { 'call', id, fields[1], fields[2], claims }
end

local over = {}
local members = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now,
    'LIMIT', 0, ARGV[5])
local walked_away = 0
for _, member in ipairs(members) do
	local find = string.sub(member, 1, 1) == 's' and session or call
	local found = find(member, string.sub(member, 3))
	over[#over + 1] = found
	if found and found[1] == 'session' then
		walked_away = walked_away + 1
	end
end

local all = tonumber(redis.call('HGET', KEYS[2], 'all') or 0)
local told = tonumber(redis.call('HGET', KEYS[2], 'told') or 0)
-- Redis may have lost its data since: never more than there were.
local now_told = math.min(tonumber(ARGV[7]), all)
if now_told > told then
	told = now_told
	redis.call('HSET', KEYS[2], 'told', told)
end
if walked_away > 0 then
	all = redis.call('HINCRBY', KEYS[2], 'all', walked_away)
end
return { all, told, over }
