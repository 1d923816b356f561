-- What is over in a partition: sessions that nobody prolonged are deleted,
-- calls whose node is dead are claimed for the asking one.
--
-- A session is kept a grace longer than it lives, so its remaining time tells
-- whether it was prolonged since it entered `due`. One that is gone altogether
-- was not swept for longer than that, and is reported without its record.
--
-- KEYS  due
-- ARGV  head of session keys, head of call keys, grace ms, count, claim ms
-- gives lists: 'session', what follows the head, record ('' when gone)
--           or 'call', id, octets, number, how often it was claimed
local sessions, calls = ARGV[1], ARGV[2]
local grace, claim = tonumber(ARGV[3]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function session(member, name)
	local left = redis.call('PTTL', sessions .. name) - grace
	if left > 0 then
		redis.call('ZADD', KEYS[1], now + left, member)
		return nil
	end
	local record = redis.call('GET', sessions .. name) or ''
	redis.call('DEL', sessions .. name)
	redis.call('ZREM', KEYS[1], member)
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
    'LIMIT', 0, ARGV[4])
for _, member in ipairs(members) do
	local find = string.sub(member, 1, 1) == 's' and session or call
	over[#over + 1] = find(member, string.sub(member, 3))
end
return over
